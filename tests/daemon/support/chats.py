"""A rep at work, the same on every platform: what stands in their chat, and what they type, tap and fill in.

Everything goes the platform's own way: signed requests to the daemon's doors in, what the stand-ins recorded out.
"""
import json
import os
import urllib.parse
from dataclasses import dataclass, field

from .house import House, instant
from .platforms import FakeTeams


@dataclass
class Shown:
    """A message as it stands now."""
    id: str
    words: str
    buttons: list = field(default_factory=list)  # (action, value, opens a dialog)
    thread: str = ""

    def value(self, action, name=""):
        """The value behind a button; with `name`, of the first button after those words."""
        for a, v, _ in self.buttons:
            if a == action:
                return v
        raise AssertionError(f"no button {action} among {[b[0] for b in self.buttons]} in {self.words[:300]}")

    def has(self, action):
        return any(b[0] == action for b in self.buttons)


def walk(x):
    if isinstance(x, dict):
        yield x
        for v in x.values():
            yield from walk(v)
    elif isinstance(x, list):
        for v in x:
            yield from walk(v)


def plain(words):
    for mark in ("*", "\\", "\u200b", "\u00a0", "\u2060"):
        words = words.replace(mark, "")
    return words.replace("&amp;", "&")


class Chat:
    def __init__(self, house, user):
        self.house, self.user = house, user
        self.n = 0

    def shown(self):
        raise NotImplementedError

    def holding(self, *words):
        """The messages in which all these words stand, oldest first."""
        return [m for m in self.shown() if all(w in m.words for w in words)]

    def last(self, *words):
        found = self.holding(*words)
        assert found, f"{self.user}: no message with {words}; there are {[m.words[:200] for m in self.shown()[-4:]]}"
        return found[-1]

    def by_id(self, id):
        return next(m for m in self.shown() if m.id == id)

    def briefs(self):
        return [m for m in self.shown() if "worth making today" in m.words or "Nothing compelling today" in m.words]

    def fresh(self):
        self.n += 1
        return f"{self.user}-{self.n}-{os.getpid()}"

    def says(self, words, about="", id=None):
        """Types words, in the thread of `about` where the platform has threads; returns when all that follows is done."""
        status = self.text(words, about, id)
        assert status == 200, status
        self.house.settle()

    def taps(self, action, shown, value=None, id=None):
        answer = self.click(action, shown.value(action) if value is None else value, shown.id, id)
        self.house.settle()
        return answer

    def fills(self, action, shown, values, value=None):
        """Opens the dialog behind a button, changes these fields and submits; gives the errors it was refused with."""
        form = self.dialog(action, shown.value(action) if value is None else value, shown.id)
        errors = self.submit(form, values)
        self.house.settle()
        return errors


class SlackChat(Chat):
    platform = "slack"

    def __init__(self, house, user, fake):
        super().__init__(house, user)
        self.fake = fake

    def shown(self):
        out = []
        with self.fake.lock:
            posted = self.fake.posted("D" + self.user[1:])
        for ts, m in posted:
            blocks = m.get("blocks", [])
            blocks = json.loads(blocks) if isinstance(blocks, str) else blocks
            words = [m.get("text", "")]
            buttons = []
            for x in walk(blocks):
                if isinstance(x.get("text"), str):
                    words.append(x["text"])
                if x.get("type") == "button" and "url" not in x:
                    buttons.append((x["action_id"].removeprefix("form:").split("#")[0], x.get("value", ""), x["action_id"].startswith("form:")))
            out.append(Shown(ts, plain("\n".join(words)), buttons, m.get("thread_ts", "")))
        return out

    def text(self, words, about="", id=None):
        return self.house.slack_text(self.user, words, thread=about or None, event_id=id)[0]

    def click(self, action, value, about, id=None):
        before = len(self.fake.calls)
        status, body = self.house.slack_click(self.user, about, action, value, trigger=id)
        assert status == 200, (status, body)
        self.house.settle()
        whispers = [a.get("text", "") for name, a in self.fake.calls[before:] if name == "chat.postEphemeral"]
        return whispers[-1] if whispers else ""

    def dialog(self, action, value, about):
        before = len(self.fake.views)
        status, body = self.house.slack_click(self.user, about, "form:" + action, value)
        assert status == 200, (status, body)
        self.house.settle()
        assert len(self.fake.views) == before + 1, "no dialog was opened"
        return self.fake.views[-1]

    @staticmethod
    def fields(view):
        out = {}
        for b in view["blocks"]:
            e = b["element"]
            out[b["block_id"]] = (e.get("initial_value") or e.get("initial_date") or e.get("initial_time") or (e.get("initial_option") or {}).get("value")
                                  or ",".join(o["value"] for o in e.get("initial_options", [])))
        return out

    def submit(self, view, values):
        filled = {**self.fields(view), **values}
        state = {}
        for b in view["blocks"]:
            e, v = b["element"], filled[b["block_id"]]
            kind = e["type"]
            if kind in ("plain_text_input",):
                inner = {"type": kind, "value": v or None}
            elif kind == "datepicker":
                inner = {"type": kind, "selected_date": v or None}
            elif kind == "timepicker":
                inner = {"type": kind, "selected_time": v or None}
            elif kind == "static_select":
                inner = {"type": kind, "selected_option": {"value": v} if v else None}
            else:
                inner = {"type": kind, "selected_options": [{"value": x} for x in v.split(",") if x]}
            state[b["block_id"]] = {e["action_id"]: inner}
        payload = {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": self.user}, "trigger_id": "tr" + self.fresh(),
                   "view": {**view, "id": "V" + self.fresh(), "hash": "h", "state": {"values": state}}}
        status, body = self.house.slack("/slack/interactivity", urllib.parse.urlencode({"payload": json.dumps(payload)}).encode(),
                                        type="application/x-www-form-urlencoded")
        assert status == 200, (status, body)
        return json.loads(body).get("errors", {}) if body else {}


class TeamsChat(Chat):
    platform = "teams"

    def __init__(self, house, user, fake):
        super().__init__(house, user)
        self.fake = fake

    def installs(self):
        status, _ = self.house.teams(self.fake, self.fake.activity(self.user, type="installationUpdate", action="add"))
        assert status == 200, status
        self.house.settle()

    def shown(self):
        out = []
        with self.fake.lock:
            standing = [(id, a) for (c, id), a in self.fake.activities.items() if c.split(";")[0] == "a:" + self.user]
        for id, activity in standing:
            card = activity["attachments"][0]["content"]
            words = [activity.get("summary", "")]
            buttons = []
            for x in walk(card):
                for key in ("text", "value", "title"):
                    if isinstance(x.get(key), str) and not str(x.get("type", "")).startswith("Action."):
                        words.append(x[key])
                if x.get("type") == "Action.Execute" and x["verb"] != "refresh":
                    buttons.append((x["verb"], x["data"]["value"], False))
                elif x.get("type") == "Action.Submit" and "msteams" in x.get("data", {}):
                    buttons.append((x["data"]["verb"], x["data"]["value"], True))
            out.append(Shown(id, plain("\n".join(words)), buttons))
        return out

    def text(self, words, about="", id=None):
        more = {"replyToId": about} if about else {}
        if id:
            more["id"] = id
        return self.house.teams(self.fake, self.fake.activity(self.user, type="message", text=words, **more))[0]

    def invoke(self, name, value, about, id=None):
        more = {"id": id} if id else {}
        status, body = self.house.teams(self.fake, self.fake.activity(self.user, type="invoke", name=name, value=value, replyToId=about, **more))
        assert status == 200, (status, body)
        return json.loads(body) if body else {}

    def click(self, action, value, about, id=None):
        answer = self.invoke("adaptiveCard/action", {"action": {"type": "Action.Execute", "verb": action, "data": {"value": value}}, "trigger": "manual"}, about, id)
        assert answer["statusCode"] == 200, answer
        return plain(answer["value"]) if isinstance(answer["value"], str) else plain(json.dumps(answer["value"], ensure_ascii=False))

    def dialog(self, action, value, about):
        answer = self.invoke("task/fetch", {"data": {"verb": action, "value": value, "msteams": {"type": "task/fetch"}}}, about)
        assert answer["task"]["type"] == "continue", answer
        return {"card": answer["task"]["value"]["card"]["content"], "about": about}

    @staticmethod
    def fields(form):
        return {x["id"].rsplit("~", 1)[0]: x.get("value", "") for x in form["card"]["body"] if x["type"].startswith("Input.")}

    def submit(self, form, values):
        data = dict(form["card"]["actions"][0]["data"])
        for x in form["card"]["body"]:
            if x["type"].startswith("Input."):
                name = x["id"].rsplit("~", 1)[0]
                value = values.get(name, x.get("value", ""))
                if value:
                    data[x["id"]] = value
        answer = self.invoke("task/submit", {"data": data}, form["about"])
        if answer and answer["task"]["type"] == "continue":
            return {"errors": [x["text"] for x in answer["task"]["value"]["card"]["content"]["body"] if x.get("color") == "Attention"]}
        return {}


class ConsoleChat(Chat):
    platform = "console"

    def shown(self):
        out = []
        for m in self.house.console_messages(self.user):
            words = [m["message"]["fallback"]]
            buttons = []
            for x in walk(m["message"]["blocks"]):
                words += [x[k] for k in ("text", "t", "title", "label", "name", "role", "teaser") if isinstance(x.get(k), str)]
                if "action" in x and x.get("action"):
                    buttons.append((x["action"], x["value"], x.get("form", False)))
            out.append(Shown(m["id"], plain("\n".join(words)), buttons, m.get("thread", "")))
        return out

    def event(self, **event):
        status, answer = self.house.console(self.user, **event)
        assert status == 200, (status, answer)
        return answer

    def text(self, words, about="", id=None):
        self.event(kind="message", text=words, about=about, **({"id": id} if id else {}))
        return 200

    def click(self, action, value, about, id=None):
        answer = self.event(kind="action", action=action, value=value, about=about, **({"id": id} if id else {}))
        return answer["toast"] or json.dumps(answer.get("replace", ""), ensure_ascii=False)

    def dialog(self, action, value, about):
        answer = self.event(kind="form_wanted", action=action, value=value, about=about)
        assert "open" in answer, answer
        return {**answer["open"], "about": about}

    @staticmethod
    def fields(form):
        return {f["id"]: f["value"] for f in form["fields"]}

    def submit(self, form, values):
        answer = self.event(kind="form_submitted", form=form["id"], context=form["context"], about=form["about"], fields={**self.fields(form), **values})
        return answer["errors"]
