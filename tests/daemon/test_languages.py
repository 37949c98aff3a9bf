"""A day in German, French and Spanish: the brief, an answer, its card, the dialog, the mail, the orders, the pages."""
import re
import unittest

from support.chats import ConsoleChat
from support.house import House
from support.platforms import Feeds

REPS = """name,email,zone,manager_email,role,language
Jonas Weber,de@acme.example,Europe/Berlin,max@acme.example,rep,de
Claire Petit,fr@acme.example,Europe/Paris,max@acme.example,rep,fr
Lucía Vega,es@acme.example,Europe/Madrid,max@acme.example,rep,es
Max Boss,max@acme.example,Europe/Berlin,,manager,
"""
ACCOUNTS = """name,domain,owner_email,industry
Northwind,northwind.example,de@acme.example,logistics
Harbor Foods,harbor.example,fr@acme.example,food
Kansai Robotics,kansai.example,es@acme.example,machines
"""
CONTACTS = """name,title,account,email,phone,zone,country
Jerry Smith,Vertriebsleiter,Northwind,jerry@northwind.example,+49 30 555 0134,Europe/Berlin,DE
Tom Reyes,Directeur des opérations,Harbor Foods,tom@harbor.example,,Europe/Paris,FR
Kenji Mori,Director de Operaciones,Kansai Robotics,kenji@kansai.example,,Europe/Madrid,ES
"""
NEWS = ["Northwind names Maria Voss chief financial officer", "Harbor Foods raises $40 million in Series B funding", "Kansai Robotics opens new plant in Osaka"]

# What each of them reads and writes, in the order of the day.
DAY = {
    "de": {"first": "Jerry", "title": "1 Anruf, der sich heute lohnt", "card": ["Warum jetzt, für Jerry.", "Einstieg · ", "Guten Tag Jerry Smith, ", "Zum Schluss"],
           "says": "mit Jerry gesprochen, in 6 Monaten wieder Thema, soll mit Ann Lee aus der Produktion sprechen",
           "understood": ["Verstanden", "Gespräch · Jerry Smith, Northwind, heute, 9:30 Uhr", "Später interessiert · Empfehlung", "3 Wochen vor dem genannten Tag", "Dürfen Sie Jerry nennen? — nicht gesagt"],
           "mail": ["Guten Tag Jerry Smith,\n\nvielen Dank", "2. September", "Ann Lee", "Freundliche Grüße"], "form": "Anruf festhalten", "wrong": "Bitte wählen Sie, wie der Anruf ausging.",
           "orders": [("hilfe", "Jeden Morgen"), ("pause bis Montag", "Kein Briefing bis Montag, 9. März."), ("fortsetzen", "Morgen früh")], "page": "Die wenigen Anrufe, die sich lohnen"},
    "fr": {"first": "Tom", "title": "1 appel qui vaut la peine aujourd’hui", "card": ["Pourquoi maintenant, pour Tom.", "Pour commencer · ", "Bonjour Tom, ", "Pour finir"],
           "says": "parlé avec Tom, à rappeler dans 6 mois, voir avec Ann Lee à la production",
           "understood": ["Compris", "Conversation · Tom Reyes, Harbor Foods, aujourd’hui à 9h30", "Intérêt plus tard", "3 semaines avant le jour indiqué", "Pouvez-vous citer Tom ? — non précisé"],
           "mail": ["Bonjour Tom,\n\nMerci", "2 septembre", "Ann Lee", "Bien à vous"], "form": "Noter l’appel", "wrong": "Choisissez comment l’appel s’est terminé.",
           "orders": [("aide", "Chaque matin"), ("pause jusqu'à lundi", "Pas de briefing avant le lundi 9 mars."), ("reprendre", "reprennent demain matin")], "page": "Les quelques appels qui valent la peine"},
    "es": {"first": "Kenji", "title": "1 llamada que merece la pena hoy", "card": ["Por qué ahora, para Kenji.", "Para empezar · ", "Hola, Kenji, ", "Al final"],
           "says": "hablé con Kenji, retomar en 6 meses, hablar con Ann Lee de producción",
           "understood": ["Entendido", "Conversación · Kenji Mori, Kansai Robotics, hoy, 9:30", "Interés más adelante · Recomendación", "3 semanas antes del día indicado", "¿Puede nombrar a Kenji? — no se dijo"],
           "mail": ["Hola, Kenji:\n\nGracias", "2 de septiembre", "Ann Lee", "Un saludo"], "form": "Anotar la llamada", "wrong": "Elija cómo acabó la llamada.",
           "orders": [("ayuda", "Cada mañana"), ("pausa hasta el lunes", "Sin briefing hasta el lunes 9 de marzo."), ("reanudar", "vuelve mañana")], "page": "Las pocas llamadas que merecen la pena"},
}
ENGLISH = re.compile(r"\b(the|your|call|with|today|Thank you|why now|and)\b", re.I)
UNSAID = re.compile(r"\[[a-z_]+(\.[a-z_0-9]+)+\]")  # a sentence that is nowhere shows its key


def squeezed(text):
    """Without blanks of any kind: French has some that do not break."""
    return re.sub(r"\s", "", text)


class Days(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.feeds = Feeds()
        cls.feeds.rss("/news.xml", [{"title": t, "url": f"https://news.example/{i}", "date": "2026-03-01"} for i, t in enumerate(NEWS)])
        cls.house = House("2026-03-02T05:00:00Z", f"""
[team]
zone = "Europe/Berlin"
language = "de"
company = "Acme Tools"
[console]
on = true
[[source]]
kind = "rss"
url = "{cls.feeds.url}/news.xml"
""")
        for name, text in (("reps.csv", REPS), ("accounts.csv", ACCOUNTS), ("contacts.csv", CONTACTS)):
            cls.house.imported(name, text)
        cls.house.start()
        cls.house.settle()
        cls.house.clock("2026-03-02T08:30:00Z")

    @classmethod
    def tearDownClass(cls):
        cls.house.kill()
        cls.feeds.server.close()

    def words(self, text, want):
        for w in want:
            self.assertIn(squeezed(w), squeezed(text))
        self.assertIsNone(UNSAID.search(text), text)

    def test_each_in_their_own_language(self):
        for language, day in DAY.items():
            with self.subTest(language=language):
                self.a_day(language, ConsoleChat(self.house, language + "@acme.example"), day)

    def a_day(self, language, chat, day):
        brief = chat.last(day["title"])
        self.words(brief.words, [day["title"], *day["card"]])
        form = chat.dialog("log", next(v for a, v, f in brief.buttons if a == "log"), brief.id)
        self.assertEqual(form["title"], day["form"])
        self.assertEqual(chat.submit(form, {"disposition": ""})["disposition"], day["wrong"])
        chat.says(day["says"], about=brief.id)
        card = chat.last(day["understood"][0])
        self.words(card.words, day["understood"])
        mail = self.house.rows("SELECT d.body FROM drafts d JOIN reps r ON r.id = d.rep WHERE r.email = ? AND d.kind = 'thank_you'", language + "@acme.example")[0]["body"]
        self.words(mail, day["mail"])
        self.assertIsNone(ENGLISH.search(mail), mail)
        for order, answer in day["orders"]:
            chat.says(order)
            self.words(chat.shown()[-1].words, [answer])
        for path in ("/", "/team", "/drafts", "/signals", "/admin"):
            status, page = self.house.get(f"{path}?rep={language}%40acme.example")
            page = page.decode()
            self.assertEqual(status, 200)
            self.assertIn(f'<html lang="{language}">', page)
            self.assertIsNone(UNSAID.search(page), path)
        self.words(self.house.get(f"/?rep={language}%40acme.example")[1].decode(), [day["page"]])


if __name__ == "__main__":
    unittest.main()
