import socket, sys
line = socket.socket(socket.AF_UNIX)
line.settimeout(5)
head = b""
try:
    line.connect(sys.argv[1])
    line.sendall(("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" % sys.argv[2]).encode())
    while b"\r\n\r\n" not in head and len(head) < 65536:
        piece = line.recv(65536)
        if not piece: break
        head += piece
    print(head.split(b"\r\n\r\n")[0].decode("latin-1") or "the connection was closed without an answer")
except OSError as error:
    print(error)
