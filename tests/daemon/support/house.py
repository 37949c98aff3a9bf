"""The real binary in a folder of its own, with a clock that stands still until it is told."""
import atexit
import contextlib
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timezone

from .platforms import FakeSlack

BINARY = os.environ["WHYNOW_BINARY"]


def instant(text):
    return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


def quiet_port():
    """Below the range outgoing connections take theirs from: it is still free after the daemon was killed and starts again."""
    while True:
        port = random.randrange(12000, 32000)
        with socket.socket() as s:
            try:
                s.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass


class House:
    def __init__(self, now, config, folder=None, server=""):
        self.folder = folder or tempfile.mkdtemp(prefix="whynow-test-")
        if not folder and "WHYNOW_KEEP" not in os.environ:  # set it to read the log of a test that failed
            atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
        self.now = now
        self.config = config
        self.db = os.path.join(self.folder, "whynow.db")
        self.file = os.path.join(self.folder, "whynow.toml")
        self.port = quiet_port()
        self.url = f"http://127.0.0.1:{self.port}"
        with open(self.file, "w") as f:
            f.write(f'[server]\nlisten = "127.0.0.1:{self.port}"\n{server}\n[store]\npath = "{self.db}"\n'
                    f"[testing]\nclock = true\nallow_private_addresses = true\npace = 0\n" + config)
        self.process = None
        self.log = open(os.path.join(self.folder, "log"), "ab")

    def run(self, *args, input=None, check=True):
        r = subprocess.run([BINARY, *args], input=input, capture_output=True, text=True, timeout=120)
        if check and r.returncode != 0:
            raise AssertionError(f"{args}: exit {r.returncode}\n{r.stdout}\n{r.stderr}")
        return r

    def imported(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return self.run("import", path, "--config", self.file).stdout

    def start(self, fault=None):
        env = dict(os.environ)
        env.pop("WHYNOW_FAULT", None)
        if fault:
            env["WHYNOW_FAULT"] = fault
        self.process = subprocess.Popen([BINARY, "serve", "--config", self.file, "--now", self.now, "--speed", "0"],
                                        stderr=self.log, stdout=self.log, env=env)
        deadline = time.time() + 20
        while time.time() < deadline:
            if self.process.poll() is not None:
                if fault and self.process.returncode == -signal.SIGKILL:
                    return self
                break
            try:
                if self.get("/-/ready")[0] == 200:
                    return self
            except OSError:
                pass
            time.sleep(0.01)
        raise AssertionError(f"not ready ({self.process.poll()}): " + open(self.log.name, errors="replace").read()[-3000:])

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(20) == 0, "did not end well"

    def kill(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
        if self.process:
            self.process.wait(20)

    def died(self, seconds=20):
        """Waits for the process to end by SIGKILL of its own."""
        assert self.process.wait(seconds) == -signal.SIGKILL
        return True

    def request(self, method, path, body=b"", headers=None, timeout=30):
        q = urllib.request.Request(self.url + path, data=body if method != "GET" else None, method=method, headers=headers or {})
        try:
            with urllib.request.urlopen(q, timeout=timeout) as r:
                return r.status, r.read()
        except urllib.error.HTTPError as e:
            return e.code, e.read()

    def get(self, path):
        return self.request("GET", path)

    def clock(self, now):
        """Sets the clock and returns when everything that is due has been done."""
        self.now = now
        status, body = self.request("POST", "/-/clock", json.dumps({"now": now}).encode(), timeout=120)
        assert status == 200, body

    def settle(self):
        self.clock(self.now)

    def rows(self, sql, *args):
        with contextlib.closing(sqlite3.connect(f"file:{self.db}?mode=ro", uri=True, timeout=20)) as db:
            db.row_factory = sqlite3.Row
            return [dict(r) for r in db.execute(sql, args)]

    # ---- Slack ----
    slack_socket = None  # a function that gives a connection: then everything from Slack comes over Socket Mode

    def over_socket(self, path, body):
        kind = {"/slack/events": "events_api", "/slack/interactivity": "interactive", "/slack/commands": "slash_commands"}[path]
        fields = dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True)) if kind != "events_api" else {}
        payload = json.loads(body) if kind == "events_api" else json.loads(fields["payload"]) if kind == "interactive" else fields
        said = self.slack_socket().deliver(kind, payload, f"env-{self.fresh()}-{os.getpid()}", accepts=kind != "events_api")
        assert said, "the connection ended before the acknowledgement"
        return 200, json.dumps(said["payload"]).encode() if "payload" in said else b""

    def slack(self, path, body, at=None, secret=None, headers=None, type="application/json"):
        if self.slack_socket:
            return self.over_socket(path, body)
        at = instant(self.now) if at is None else at
        h = {"Content-Type": type, "X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": FakeSlack.sign(body, at, secret)}
        h.update(headers or {})
        return self.request("POST", path, body, {k: v for k, v in h.items() if v is not None})

    _n = 0

    @classmethod
    def fresh(cls):
        cls._n += 1
        return cls._n

    def slack_text(self, user, text, thread=None, ts=None, event_id=None):
        n = self.fresh()
        ts = ts or f"{instant(self.now)}.{n:06d}"
        event = {"type": "message", "channel": "D" + user[1:], "channel_type": "im", "user": user, "text": text, "ts": ts, "event_ts": ts}
        if thread:
            event["thread_ts"] = thread
        body = json.dumps({"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": event_id or f"Ev{n}{os.getpid()}", "event_time": instant(self.now),
                           "authorizations": [{"enterprise_id": None, "team_id": "T1", "user_id": "UBOT", "is_bot": True, "is_enterprise_install": False}], "event": event}).encode()
        return self.slack("/slack/events", body)

    def slack_click(self, user, ts, action_id, value, trigger=None):
        payload = {"type": "block_actions", "team": {"id": "T1"}, "user": {"id": user}, "api_app_id": "A1", "trigger_id": trigger or f"tr{self.fresh()}.{os.getpid()}",
                   "response_url": "", "container": {"type": "message", "message_ts": ts, "channel_id": "D" + user[1:]}, "channel": {"id": "D" + user[1:]},
                   "message": {"ts": ts}, "state": {"values": {}},
                   "actions": [{"type": "button", "block_id": "b", "action_id": action_id, "value": value, "action_ts": f"{instant(self.now)}.{self.fresh():06d}"}]}
        return self.slack("/slack/interactivity", urllib.parse.urlencode({"payload": json.dumps(payload)}).encode(), type="application/x-www-form-urlencoded")

    def slack_submit(self, user, view, values, id=None):
        state = {"values": {block: {block: v} for block, v in values.items()}}
        payload = {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": user}, "trigger_id": f"tr{self.fresh()}.{os.getpid()}",
                   "view": {**view, "id": id or f"V{self.fresh()}", "hash": "h", "state": state}}
        return self.slack("/slack/interactivity", urllib.parse.urlencode({"payload": json.dumps(payload)}).encode(), type="application/x-www-form-urlencoded")

    # ---- Teams ----
    def teams(self, fake, activity, token=None):
        h = {"Content-Type": "application/json", "Authorization": "Bearer " + (token or fake.token(instant(self.now)))}
        return self.request("POST", "/teams/messages", json.dumps(activity).encode(), h)

    # ---- console ----
    def console(self, user, **event):
        body = {"user": user, "id": f"c{self.fresh()}.{os.getpid()}", **event}
        status, answer = self.request("POST", "/console/events", json.dumps(body).encode(), {"Content-Type": "application/json"})
        return status, json.loads(answer)

    def console_messages(self, user):
        return json.loads(self.get("/console/messages?user=" + urllib.parse.quote(user))[1])
