/** The bundler turns imported style sheets into one; nothing is imported from them. */
declare module '*.css';
