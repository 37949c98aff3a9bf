"""What a rep sets in chat: the card, the dialog, what follows from it on the next morning; calls put off in words."""
import unittest

from support.team import Team

NEWS = ["Lakeside Bank appoints Peter Hahn as chief information officer", "Orion Chemicals acquires Delta Paints", "Sakura Mobile to cut 300 jobs",
        "Northwind names Maria Voss chief financial officer", "Harbor Foods raises $40 million in Series B funding", "Kansai Robotics opens new plant in Osaka"]


class Own(unittest.TestCase):
    def setUp(self):
        self.team = Team("2026-03-02T04:00:00Z")
        self.addCleanup(self.team.close)
        self.house = self.team.house
        self.house.start()
        self.team.bernd.installs()

    def rep(self, email):
        return self.house.rows("SELECT brief_at, most_calls, language, paused_until FROM reps WHERE email = ?", email)[0]

    def test_the_dialog_sets_what_the_next_morning_obeys(self):
        house, team = self.house, self.team
        for email, chat in team.reps.items():
            with self.subTest(platform=chat.platform):
                chat.says("settings")
                card = chat.last("Your settings", "as many as the budget allows", "no pause")
                errors = chat.fills("settings", card, {"brief_at": "06:15", "most_calls": "2", "language": "en", "paused_until": "2026-03-01"})
                self.assertTrue(errors, "a pause until yesterday was taken")
                self.assertEqual(self.rep(email)["most_calls"], 0)  # nothing of a refused dialog is kept
                self.assertFalse(chat.fills("settings", card, {"brief_at": "06:15", "most_calls": "2", "paused_until": ""}))
                self.assertEqual(self.rep(email), {"brief_at": 375, "most_calls": 2, "language": "en", "paused_until": None})
                self.assertTrue(chat.last("Your settings", "at most 2", "06:15"))
                self.assertFalse(chat.fills("settings", chat.last("Your settings"), {"paused_until": "2026-03-09"}))
                self.assertEqual(self.rep(email)["paused_until"], "2026-03-09")
                self.assertFalse(chat.fills("settings", chat.last("Your settings"), {"most_calls": "1"} | {"paused_until": ""}))
        house.clock("2026-03-02T17:00:00Z")  # the day is over for everybody
        team.news(NEWS, "Mon, 02 Mar 2026 18:00:00 GMT")
        house.clock("2026-03-02T21:14:00Z")  # 06:14 in Tokyo
        self.assertFalse(team.yuki.holding("1 call worth making today"))
        house.clock("2026-03-02T21:16:00Z")
        self.assertIn("1 call worth making today", team.yuki.briefs()[-1].words)
        house.clock("2026-03-03T05:14:00Z")  # 06:14 in Berlin
        self.assertFalse(team.bernd.holding("1 call worth making today"))
        house.clock("2026-03-03T05:16:00Z")
        self.assertIn("1 call worth making today", team.bernd.briefs()[-1].words)
        house.clock("2026-03-03T11:16:00Z")  # and in New York
        self.assertIn("1 call worth making today", team.dana.briefs()[-1].words)
        self.assertEqual(house.rows("SELECT DISTINCT budget FROM briefs WHERE id IN (SELECT brief FROM cards)"), [{"budget": 1}])
        self.assertEqual(team.slack.problems + team.teams.problems, [])

    def test_nobody_changes_the_settings_of_somebody_else(self):
        dana, house = self.team.dana, self.house
        dana.says("settings")
        card = dana.last("Your settings")
        bernd = house.rows("SELECT id FROM reps WHERE email = 'bernd@acme.example'")[0]["id"]
        form = dana.dialog("settings", card.value("settings"), card.id)
        dana.submit({**form, "private_metadata": form["private_metadata"].replace(card.value("settings"), f"rep:{bernd}")}, {"most_calls": "2"})
        house.settle()
        self.assertEqual(house.rows("SELECT count(*) n FROM reps WHERE most_calls > 0"), [{"n": 0}])

    def test_a_call_is_put_off_in_words(self):
        house, team = self.house, self.team
        team.news(NEWS, "Mon, 02 Mar 2026 18:00:00 GMT")
        house.clock("2026-03-03T14:00:00Z")
        for chat, words in ((team.dana, "snooze Jerry"), (team.bernd, "Snooze 1."), (team.yuki, "snooze")):
            with self.subTest(platform=chat.platform):
                rep = {"slack": "dana", "teams": "bernd", "console": "yuki"}[chat.platform] + "@acme.example"
                chat.says(words)
                cards = house.rows("SELECT c.number, c.state, k.name FROM cards c JOIN briefs b ON b.id = c.brief JOIN reps r ON r.id = b.rep JOIN contacts k ON k.id = c.contact "
                                   "WHERE r.email = ? ORDER BY c.number", rep)
                off = [c for c in cards if c["state"] == "snoozed"]
                self.assertEqual(len(off), 1, cards)
                if chat.platform == "slack":
                    self.assertEqual(off[0]["name"], "Jerry Smith")
                if chat.platform == "teams":
                    self.assertEqual(off[0]["number"], 1)
                self.assertEqual(house.rows("SELECT * FROM outcomes"), [])


if __name__ == "__main__":
    unittest.main()
