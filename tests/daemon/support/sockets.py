"""Slack's end of Socket Mode: a WebSocket server on loopback (RFC 6455, text frames), one object per connection."""
import base64
import hashlib
import json
import queue
import socket
import struct
import threading
import urllib.parse


class Connection:
    def __init__(self, sock, number):
        self.sock, self.number = sock, number
        self.lock = threading.Lock()
        self.said = queue.Queue()      # what the daemon sent, parsed; None: it is gone
        self.acknowledged = {}
        self.pings = 0
        self.goodbye = threading.Event()
        self.gone = threading.Event()

    def frame(self, opcode, data):
        size = len(data)
        head = struct.pack("!BB", 0x80 | opcode, size) if size < 126 else struct.pack("!BBH", 0x80 | opcode, 126, size) if size < 65536 \
            else struct.pack("!BBQ", 0x80 | opcode, 127, size)
        with self.lock:
            self.sock.sendall(head + data)

    def send(self, value):
        self.frame(1, value if isinstance(value, bytes) else json.dumps(value).encode())

    def read(self, n):
        data = b""
        while len(data) < n:
            part = self.sock.recv(n - len(data))
            if not part:
                raise OSError("closed")
            data += part
        return data

    def serve(self):
        try:
            while True:
                a, b = self.read(2)
                size = b & 127
                if size == 126:
                    size, = struct.unpack("!H", self.read(2))
                elif size == 127:
                    size, = struct.unpack("!Q", self.read(8))
                assert b & 128, "a client masks"
                mask = self.read(4)
                data = bytes(c ^ mask[i % 4] for i, c in enumerate(self.read(size)))
                if a & 15 == 8:
                    self.frame(8, data)
                    self.goodbye.set()
                    break
                if a & 15 == 9:
                    self.pings += 1
                    self.frame(10, data)
                elif a & 15 == 1:
                    self.said.put(json.loads(data))
        except OSError:
            pass
        self.said.put(None)
        self.gone.set()
        self.sock.close()

    def deliver(self, type, payload, envelope_id, accepts=False, wait=True, attempt=0):
        """Sends one envelope; gives the acknowledgement, or None where the connection ended instead."""
        self.send({"envelope_id": envelope_id, "type": type, "payload": payload, "accepts_response_payload": accepts, "retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""})
        return self.acknowledgement(envelope_id) if wait else None

    def acknowledgement(self, envelope_id, timeout=20):
        while envelope_id not in self.acknowledged:
            said = self.said.get(timeout=timeout)
            if said is None:
                self.said.put(None)
                return None
            self.acknowledged[said["envelope_id"]] = said
        return self.acknowledged[envelope_id]

    def cut(self):
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


class Sockets:
    """`opened` hands out connections as they are made; every one is greeted with hello unless `greeting` says otherwise."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.opened = queue.Queue()
        self.all = []
        self.tickets = set()
        self.n = 0
        self.greeting = lambda n: {"type": "hello", "num_connections": 1, "debug_info": {"approximate_connection_time": 18060}, "connection_info": {"app_id": "A1"}}
        self.problems = []
        threading.Thread(target=self.accept, daemon=True).start()

    def ticket(self):
        self.n += 1
        self.tickets.add(f"t{self.n}")
        return f"ws://127.0.0.1:{self.port}/link/?ticket=t{self.n}&app_id=A1"

    def accept(self):
        while True:
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.begin, args=(sock,), daemon=True).start()

    def begin(self, sock):
        head = b""
        while b"\r\n\r\n" not in head:
            part = sock.recv(4096)
            if not part:
                return
            head += part
        lines = head.decode().split("\r\n")
        ticket = urllib.parse.parse_qs(urllib.parse.urlparse(lines[0].split()[1]).query)["ticket"][0]
        if ticket not in self.tickets:
            self.problems.append("a ticket used twice")
        self.tickets.discard(ticket)
        fields = {k.lower(): v for k, v in (line.split(": ", 1) for line in lines[1:] if ": " in line)}
        accept = base64.b64encode(hashlib.sha1((fields["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()).decode()
        sock.sendall(f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n".encode())
        c = Connection(sock, len(self.all))
        self.all.append(c)
        greeting = self.greeting(c.number)
        if greeting:
            c.send(greeting)
        self.opened.put(c)
        c.serve()

    def next(self, timeout=20):
        """The next new connection that still stands."""
        while (c := self.opened.get(timeout=timeout)).gone.is_set():
            pass
        return c

    def standing(self):
        return [c for c in self.all if not c.gone.is_set()]

    def close(self):
        self.listener.close()
        for c in self.all:
            c.cut()
