"""Hears every frame on the network of a cluster: python3 ear.py FILE, until SIGTERM.

Writes what TCP and UDP packets carry, one hexadecimal line a packet: source port, destination port, content.
Says "listening" when it is.
"""

import signal
import socket
import struct
import sys

EVERY_PROTOCOL = 3
IPV4 = 0x0800
TCP, UDP = 6, 17


def packet(frame):
    """Ports and content of an IPv4 frame, or None."""
    if len(frame) < 34 or struct.unpack("!H", frame[12:14])[0] != IPV4:
        return None
    start = 14 + (frame[14] & 15) * 4
    end = 14 + struct.unpack("!H", frame[16:18])[0]
    protocol = frame[23]
    if protocol not in (TCP, UDP):
        return None
    source, destination = struct.unpack("!HH", frame[start : start + 4])
    header = 8 if protocol == UDP else (frame[start + 12] >> 4) * 4
    # A packet that the kernel will cut later says no length.
    content = frame[start + header : end if end > start else None]
    return source, destination, content


ear = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(EVERY_PROTOCOL))
ear.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 << 20)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))

with open(sys.argv[1], "w") as heard:
    print("listening", file=sys.stderr, flush=True)
    while True:
        found = packet(ear.recv(1 << 17))
        if found and found[2]:
            heard.write(f"{found[0]} {found[1]} {found[2].hex()}\n")
            heard.flush()
