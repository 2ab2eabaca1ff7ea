export async function validateCommand(..._: unknown[]): Promise<0> {
  return 0;
}
