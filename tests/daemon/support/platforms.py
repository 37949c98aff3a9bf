"""Recording stand-ins on loopback: Slack's Web API, the Teams Connector with its token and key endpoints, feeds, mail.

They check what the real ones check (limits, required fields) and keep everything they were told. Faults are set by name:
`fail[method] = [answer, answer, …]` is used up one per call.
"""
import base64
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import threading
import time
import urllib.parse
import urllib.request

from aiosmtpd.controller import Controller
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa


class Server:
    """A threaded HTTP server on a free loopback port; `answer(method, path, headers, body)` gives (status, headers, body)."""

    def __init__(self, answer):
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def _any(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length) if length else b""
                result = answer(self.command, self.path, self.headers, body)
                if result is None:  # a broken connection
                    self.close_connection = True
                    self.connection.close()
                    return
                status, headers, data = result
                self.send_response(status)
                for k, v in headers.items():
                    self.send_header(k, v)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PUT = do_DELETE = _any

        class Quiet(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass

        outer.httpd = Quiet(("127.0.0.1", 0), Handler)
        outer.port = outer.httpd.server_address[1]
        outer.url = f"http://127.0.0.1:{outer.port}"
        threading.Thread(target=outer.httpd.serve_forever, daemon=True).start()

    def close(self):
        self.httpd.shutdown()
        self.httpd.server_close()


def j(status, value, **headers):
    return status, {"Content-Type": "application/json", **headers}, json.dumps(value).encode()


class FakeSlack:
    TOKEN = "xoxb-test-token"
    SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
    APP_TOKEN = "xapp-test-token"

    def __init__(self):
        self.lock = threading.Lock()
        self.sockets = None  # a Sockets where Socket Mode is on
        self.tokens = {self.TOKEN: "T1"}  # bot token -> workspace
        self.dead = {}       # bot token -> error word
        self.codes = {}      # code -> what oauth.v2.access grants for it
        self.refreshes = {}  # refresh token -> the same; each is good once
        self.refreshed = []
        self.users = {}      # user -> workspace; where a user is not named, every workspace knows them
        self.spoken = []     # (method, workspace)
        self.people = {}     # e-mail -> user
        self.scopes = "chat:write,commands,im:history,im:write,users:read,users:read.email"
        self.no_charts = False  # this workspace does not know charts yet
        self.refused_charts = 0
        self.calls = []      # (method, body)
        self.messages = {}   # (channel, ts) -> body
        self.views = []
        self.fail = {}
        self.problems = []
        self.n = 0
        self.server = Server(self.answer)
        self.url = self.server.url + "/api"

    def answer(self, method, path, headers, body):
        name = urllib.parse.urlparse(path).path.rsplit("/", 1)[-1]
        if name == "oauth.v2.access":
            return self.grant(headers, dict(urllib.parse.parse_qsl(body.decode())))
        token = (headers.get("Authorization") or "").removeprefix("Bearer ")
        if token in self.dead:
            return j(200, {"ok": False, "error": self.dead[token]})
        if token != self.APP_TOKEN if name == "apps.connections.open" else token not in self.tokens:
            return j(200, {"ok": False, "error": "invalid_auth"})
        team = self.tokens.get(token, "")
        if "json" in (headers.get("Content-Type") or ""):
            args = json.loads(body or b"{}")
        else:
            args = dict(urllib.parse.parse_qsl((body or b"").decode()))
            args.update(dict(urllib.parse.parse_qsl(urllib.parse.urlparse(path).query)))
        with self.lock:
            self.calls.append((name, args))
            self.spoken.append((name, team))
            queue = self.fail.get(name)
            fault = queue.pop(0) if queue else None
            if fault == "drop_before":
                return None
            result = self.do(name, args, team) if fault in (None, "drop_after") else fault
            return None if fault == "drop_after" else result

    CLIENT, CLIENT_SECRET = "111.222", "client-secret-canary"

    def grant(self, headers, args):
        with self.lock:
            self.calls.append(("oauth.v2.access", args))
            basic = base64.b64encode(f"{self.CLIENT}:{self.CLIENT_SECRET}".encode()).decode()
            if headers.get("Authorization") != "Basic " + basic or "client_secret" in args:
                return j(200, {"ok": False, "error": "bad_client_secret"})
            refresh = args.get("grant_type") == "refresh_token"
            granted = (self.refreshes.pop(args["refresh_token"], None) if refresh else self.codes.pop(args["code"], None))
            if refresh:
                self.refreshed.append(args["refresh_token"])
            if not granted:
                return j(200, {"ok": False, "error": "invalid_refresh_token" if refresh else "invalid_code"})
            self.tokens[granted["access_token"]] = (granted.get("team") or granted.get("enterprise"))["id"]
            return j(200, {"ok": True, "token_type": "bot", "bot_user_id": "UBOT", "app_id": "A1",
                           "scope": "chat:write,commands,im:history,im:write,users:read,users:read.email", **granted})

    def do(self, name, a, team="T1"):
        if name == "auth.test":
            return j(200, {"ok": True, "user_id": "UBOT", "bot_id": "BBOT", "team_id": team, "team": "Acme"}, **{"X-OAuth-Scopes": self.scopes})
        if name == "apps.connections.open":
            return j(200, {"ok": True, "url": self.sockets.ticket()})
        if name == "conversations.open":
            return j(200, {"ok": True, "channel": {"id": "D" + a["users"][1:]}})
        if name == "users.lookupByEmail":
            user = self.people.get(a["email"])
            return j(200, {"ok": True, "user": {"id": user, "tz": "America/New_York", "profile": {}}} if user else {"ok": False, "error": "users_not_found"})
        if self.no_charts and "data_visualization" in json.dumps(a.get("blocks", [])):
            self.refused_charts += 1
            return j(200, {"ok": False, "error": "invalid_blocks"})
        if name in ("chat.postMessage", "chat.postEphemeral"):
            self.n += 1
            ts = f"{1700000000 + self.n}.{self.n:06d}"
            self.check(a)
            if name == "chat.postMessage":
                self.messages[(a["channel"], ts)] = a
            return j(200, {"ok": True, "channel": a["channel"], "ts": ts, "message_ts": ts})
        if name == "chat.update":
            if a["channel"][0] == "U" or (a["channel"], a["ts"]) not in self.messages:
                return j(200, {"ok": False, "error": "message_not_found"})
            if "blocks" not in a:
                self.problems.append("chat.update without blocks")
            self.check(a)
            old = self.messages[(a["channel"], a["ts"])]
            self.messages[(a["channel"], a["ts"])] = {**old, **a}
            return j(200, {"ok": True, "channel": a["channel"], "ts": a["ts"]})
        if name == "conversations.history":
            found = [{"ts": ts, "text": m.get("text", ""), "metadata": m.get("metadata")} for (c, ts), m in self.messages.items() if c == a["channel"]]
            return j(200, {"ok": True, "messages": found[::-1], "has_more": False})
        if name in ("views.open", "views.publish"):
            view = a["view"] if isinstance(a["view"], dict) else json.loads(a["view"])
            self.views.append(view)
            if name == "views.publish" and len(view["blocks"]) > 100:
                self.problems.append("a page of more than 100 blocks")
            return j(200, {"ok": True, "view": {"id": f"V{len(self.views)}", "hash": "hash-" + a.get("user_id", "")}})
        if name == "users.info" and self.users.get(a["user"], team) != team:
            return j(200, {"ok": False, "error": "user_not_found"})
        if name == "users.info":
            return j(200, {"ok": True, "user": {"id": a["user"], "tz": "America/New_York", "profile": {}}})
        return j(200, {"ok": False, "error": "unknown_method"})

    def check(self, a):
        blocks = a.get("blocks", [])
        blocks = json.loads(blocks) if isinstance(blocks, str) else blocks
        if not a.get("text"):
            self.problems.append("no text for notifications")
        if len(blocks) > 50:
            self.problems.append("more than 50 blocks")
        total = 0
        ids = [b["block_id"] for b in blocks if "block_id" in b]
        if len(ids) != len(set(ids)):
            self.problems.append("block_id twice")
        for b in blocks:
            text = b.get("text", {}).get("text", "") if isinstance(b.get("text"), dict) else ""
            total += len(text)
            if len(text) > (150 if b["type"] == "header" else 3000):
                self.problems.append(f"{b['type']} text of {len(text)}")
            for e in b.get("elements", []):
                if e.get("type") == "button" and len(e["text"]["text"]) > 75:
                    self.problems.append("button text over 75")
        if total > 13000:
            self.problems.append(f"blocks of {total} characters")

    def posted(self, channel):
        return [(ts, m) for (c, ts), m in self.messages.items() if c == channel]

    # ---- what Slack sends ----
    @classmethod
    def sign(cls, body, at, secret=None):
        base = b"v0:" + str(at).encode() + b":" + body
        return "v0=" + hmac.new((secret or cls.SECRET).encode(), base, hashlib.sha256).hexdigest()


def elements(x):
    """Every object with a type in a card, however deep."""
    if isinstance(x, dict):
        if isinstance(x.get("type"), str):
            yield x
        for v in x.values():
            yield from elements(v)
    elif isinstance(x, list):
        for v in x:
            yield from elements(v)


class FakeTeams:
    APP = "11111111-2222-3333-4444-555555555555"
    TENANT = "99999999-8888-7777-6666-555555555555"

    def __init__(self):
        self.lock = threading.Lock()
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.asked = []       # (method, path)
        self.refuse_token = None
        self.activities = {}  # (conversation, id) -> activity
        self.posts = []
        self.fail = []
        self.problems = []
        self.n = 0
        self.server = Server(self.answer)
        self.service_url = self.server.url + "/emea/"
        self.host = f"127.0.0.1:{self.server.port}"

    def answer(self, method, path, headers, body):
        url = urllib.parse.urlparse(path).path
        self.asked.append((method, url))
        if url == "/token":
            return self.refuse_token or j(200, {"access_token": "connector-token", "expires_in": 3600, "token_type": "Bearer"})
        if url == "/openid":
            return j(200, {"issuer": "https://api.botframework.com", "jwks_uri": self.server.url + "/keys", "id_token_signing_alg_values_supported": ["RS256"]})
        if url == "/keys":
            n = self.key.public_key().public_numbers()
            b = lambda x: base64.urlsafe_b64encode(x.to_bytes((x.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()
            return j(200, {"keys": [{"kty": "RSA", "use": "sig", "kid": "k1", "n": b(n.n), "e": b(n.e), "endorsements": ["msteams"]}]})
        if headers.get("Authorization") != "Bearer connector-token":
            return j(401, {"error": {"code": "Unauthorized"}})
        parts = [urllib.parse.unquote(p) for p in url.strip("/").split("/")]
        with self.lock:
            if self.fail:
                fault = self.fail.pop(0)
                if fault == "drop_before":
                    return None
                if fault != "drop_after":
                    return fault
            else:
                fault = None
            # emea/v3/conversations/{c}/activities[/{id}]
            if method == "POST" and parts[1:3] == ["v3", "conversations"] and len(parts) == 3:
                return j(201, {"id": "a:new"})
            activity = json.loads(body)
            self.check(activity)
            if len(body) > 20 * 1024:
                self.problems.append(f"activity of {len(body)} bytes")
            conversation = parts[3]
            if method == "PUT":
                self.activities[(conversation, parts[5])] = activity
                return j(200, {"id": parts[5]})
            self.n += 1
            id = f"act{self.n}"
            self.activities[(conversation, id)] = activity
            self.posts.append((conversation, id, activity))
            return None if fault == "drop_after" else j(201, {"id": id})

    def check(self, activity):
        attachments = activity.get("attachments", [])
        if len(attachments) != 1 or activity.get("text"):
            self.problems.append("not exactly one card without text")
        if not activity.get("summary"):
            self.problems.append("no summary")
        for a in attachments:
            card = json.dumps(a["content"], ensure_ascii=False, separators=(",", ":"))  # as it was sent
            if len(card.encode()) > 20 * 1024:
                self.problems.append(f"card of {len(card.encode())} bytes")
            for x in elements(a["content"]):
                if x["type"].startswith("Chart.") and "fallback" not in x:
                    self.problems.append(f"{x['type']} without a fallback")
            if len(a["content"].get("refresh", {}).get("userIds", [])) > 60:
                self.problems.append("refresh for more than 60")
            if a["content"].get("version") != "1.5":
                self.problems.append("card version")

    def token(self, now, **change):
        claims = {"iss": "https://api.botframework.com", "aud": self.APP, "serviceurl": self.service_url, "nbf": now - 60, "exp": now + 3600}
        claims.update(change)
        claims = {k: v for k, v in claims.items() if v is not None}
        enc = lambda x: base64.urlsafe_b64encode(json.dumps(x).encode()).rstrip(b"=")
        signed = enc({"alg": "RS256", "typ": "JWT", "kid": "k1"}) + b"." + enc(claims)
        sig = self.key.sign(signed, padding.PKCS1v15(), hashes.SHA256())
        return (signed + b"." + base64.urlsafe_b64encode(sig).rstrip(b"=")).decode()

    def activity(self, user, **more):
        return {"id": more.pop("id", f"in{time.monotonic_ns()}"), "channelId": "msteams", "serviceUrl": self.service_url,
                "from": {"id": "29:" + user, "aadObjectId": user, "name": "Rep"},
                "conversation": {"id": "a:" + user, "conversationType": "personal", "tenantId": self.TENANT},
                "recipient": {"id": "28:" + self.APP, "name": "whynow"}, "channelData": {"tenant": {"id": self.TENANT}}, **more}


class Mailbox:
    """A real SMTP server (aiosmtpd). `refuse` maps a recipient to the answer of RCPT; `after_data` to the answer of DATA."""

    def __init__(self):
        self.mails = []
        self.refuse = {}
        self.after_data = {}
        box = self

        class Handler:
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address in box.refuse:
                    return box.refuse[address]
                envelope.rcpt_tos.append(address)
                return "250 OK"

            async def handle_DATA(self, server, session, envelope):
                for to in envelope.rcpt_tos:
                    if to in box.after_data:
                        answer = box.after_data[to]
                        if answer is None:
                            box.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
                            server.transport.close()
                            return "451 gone"
                        return answer
                box.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
                return "250 OK"

        self.controller = Controller(Handler(), hostname="127.0.0.1", port=0)
        import socket
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        self.controller = Controller(Handler(), hostname="127.0.0.1", port=port)
        self.controller.start()
        self.port = port

    def to(self, address):
        return [email.message_from_bytes(raw, policy=email.policy.default) for _, rcpt, raw in self.mails if address in rcpt]

    def close(self):
        self.controller.stop()


class Feeds:
    """Documents by path with ETag; `set(path, bytes, type)` changes one."""

    def __init__(self):
        self.files = {}
        self.requests = []
        self.server = Server(self.answer)
        self.url = self.server.url

    def set(self, path, data, type="application/rss+xml"):
        self.files[path] = (data if isinstance(data, bytes) else data.encode(), type)

    def rss(self, path, items):
        esc = lambda t: t.replace("&", "&amp;").replace("<", "&lt;")
        rows = "".join(f"<item><title>{esc(i['title'])}</title><link>{esc(i['url'])}</link><guid>{esc(i['url'])}</guid>"
                       f"<description>{esc(i.get('summary', ''))}</description><pubDate>{i['date']}</pubDate></item>" for i in items)
        self.set(path, f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Trade Daily</title><link>https://trade.example/</link>{rows}</channel></rss>')

    def answer(self, method, path, headers, body):
        self.requests.append((path, dict(headers)))
        if path not in self.files:
            return 404, {}, b""
        data, type = self.files[path]
        etag = '"' + hashlib.sha1(data).hexdigest() + '"'
        if headers.get("If-None-Match") == etag:
            return 304, {"ETag": etag}, b""
        return 200, {"Content-Type": type, "ETag": etag}, data
