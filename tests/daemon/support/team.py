"""A sample team: Dana in New York on Slack, Bernd in Berlin on Teams, Yuki in Tokyo on the console, Max their manager on Slack."""
from .chats import ConsoleChat, SlackChat, TeamsChat
from .house import House
from .platforms import FakeSlack, FakeTeams, Feeds, Mailbox

DANA, MAX, BERND, YUKI = "U0DANA", "U0MAX", "aaaaaaaa-0000-0000-0000-00000000be4d", "yuki@acme.example"

REPS = f"""name,email,zone,slack_user,teams_user,manager_email,role
Dana Fox,dana@acme.example,America/New_York,{DANA},,max@acme.example,rep
Bernd Weber,bernd@acme.example,Europe/Berlin,,{BERND},max@acme.example,rep
Yuki Tanaka,yuki@acme.example,Asia/Tokyo,,,max@acme.example,rep
Max Boss,max@acme.example,Europe/Berlin,{MAX},,,manager
"""
ACCOUNTS = """name,domain,owner_email,industry
Northwind,northwind.example,dana@acme.example,logistics
Lakeside Bank,lakeside.example,dana@acme.example,banking
Harbor Foods,harbor.example,bernd@acme.example,food
Orion Chemicals,orion.example,bernd@acme.example,chemicals
Kansai Robotics,kansai.example,yuki@acme.example,machines
Sakura Mobile,sakura.example,yuki@acme.example,telecom
"""
CONTACTS = """name,title,account,email,phone,zone,country
Jerry Smith,EVP Sales,Northwind,jerry@northwind.example,+1 212 555 0134,America/New_York,US
Paula Stone,COO,Lakeside Bank,paula@lakeside.example,,America/New_York,US
Tom Reyes,COO,Harbor Foods,tom@harbor.example,,Europe/Berlin,DE
Eva Lang,CFO,Orion Chemicals,eva@orion.example,,Europe/Berlin,DE
Kenji Mori,VP Operations,Kansai Robotics,kenji@kansai.example,,Asia/Tokyo,JP
Aiko Sato,CEO,Sakura Mobile,aiko@sakura.example,,Asia/Tokyo,JP
"""
FIRST_NEWS = [
    ("Northwind names Maria Voss chief financial officer", "leadership", "Northwind"),
    ("Harbor Foods raises $40 million in Series B funding", "funding", "Harbor Foods"),
    ("Kansai Robotics opens new plant in Osaka", "expansion", "Kansai Robotics"),
]


class Team:
    def __init__(self, now, more="", server="", slack_keys=None, books=None):
        """`slack_keys`: a function of the fake Slack that gives the [slack] section's secrets instead of token and signing secret. `books`: the text of
        reps, accounts and contacts, by name; the sample team's own where nothing is given."""
        self.slack, self.teams, self.feeds, self.mail = FakeSlack(), FakeTeams(), Feeds(), Mailbox()
        self.feeds.rss("/news.xml", [])
        t = self.teams
        keys = slack_keys(self.slack) if slack_keys else f'bot_token = "{FakeSlack.TOKEN}"\nsigning_secret = "{FakeSlack.SECRET}"'
        self.house = House(now, f'''
[team]
zone = "Europe/Berlin"
company = "Acme Tools"
[console]
on = true
[slack]
{keys}
api_base_url = "{self.slack.url}"
[teams]
app_id = "{t.APP}"
app_secret = "teams-secret"
tenants = ["{t.TENANT}"]
token_url = "{t.server.url}/token"
openid_metadata_url = "{t.server.url}/openid"
service_hosts = ["{t.host}"]
[mail]
smtp = "127.0.0.1:{self.mail.port}"
from = "sales@acme.example"
[[source]]
kind = "rss"
url = "{self.feeds.url}/news.xml"
[[source]]
kind = "webhook"
name = "ours"
token = "a-long-random-word"
''' + more, server=server)
        for name, text in (books or {"reps": REPS, "accounts": ACCOUNTS, "contacts": CONTACTS}).items():
            self.house.imported(name + ".csv", text)
        self.dana = SlackChat(self.house, DANA, self.slack)
        self.max = SlackChat(self.house, MAX, self.slack)
        self.bernd = TeamsChat(self.house, BERND, self.teams)
        self.yuki = ConsoleChat(self.house, YUKI)
        self.reps = {"dana@acme.example": self.dana, "bernd@acme.example": self.bernd, "yuki@acme.example": self.yuki}

    def news(self, items, date):
        self.feeds.rss("/news.xml", [{"title": t, "url": f"https://news.example/{i}-{len(t)}", "date": date} for i, t in enumerate(items)])

    def close(self):
        self.house.kill()
        for server in (self.slack.server, self.teams.server, self.feeds.server, self.mail):
            server.close()
