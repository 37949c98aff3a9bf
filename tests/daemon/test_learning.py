"""What calls teach is learned at night, can be read in sentences, and can be taken back while the daemon runs."""
import json
import unittest

from support.team import Team

NEWS = ["Northwind raises $30 million in Series B funding", "Harbor Foods raises $40 million in Series C funding", "Kansai Robotics raises $50 million in Series D funding"]


class Learning(unittest.TestCase):
    def setUp(self):
        self.team = Team("2026-03-02T04:00:00Z")
        self.addCleanup(self.team.close)
        self.house = self.team.house

    def learn(self, *more, **how):
        return self.house.run("learn", *more, "--config", self.house.file, "--now", self.house.now, **how)

    def shown(self):
        return json.loads(self.learn("show", "--format", "json").stdout)

    def test_a_night_learns_and_a_word_takes_it_back(self):
        house, team = self.house, self.team
        self.assertEqual(self.shown()["version"], 0)
        self.assertIn("Nothing was learned yet", self.learn("show").stdout)
        self.assertIn("no older version", self.learn("revert", check=False).stderr)
        team.news(NEWS, "Sun, 01 Mar 2026 18:00:00 GMT")
        house.start()
        team.bernd.installs()
        house.clock("2026-03-02T14:30:00Z")
        team.dana.says("spoke with Jerry, booked a meeting for Thursday 10am", about=team.dana.briefs()[-1].id)
        understood = team.dana.shown()[-1]
        for chat in (team.yuki, team.bernd):
            chat.taps("not_a_reason", chat.briefs()[-1])
        house.clock("2026-03-03T14:30:00Z")
        known = self.shown()
        self.assertEqual((known["calls"], known["day"]), (3, "2026-03-03"))
        age, = known["half_lives"]
        self.assertEqual(age["kind"], "funding")
        self.assertAlmostEqual(age["conversations"], 3, delta=0.02)  # the night has begun to forget
        self.assertIn("of the kind funding", self.learn("show").stdout)
        # Everybody who could have been called is there, with the chance they had.
        self.assertEqual(house.rows("SELECT count(*) AS n FROM considered WHERE card IS NOT NULL AND propensity > 0"),
                         house.rows("SELECT count(*) AS n FROM cards"))
        # An answer taken back is unlearned the next night.
        team.dana.says("sorry, it was a voicemail", about=understood.id)
        house.clock("2026-03-04T14:30:00Z")
        self.assertEqual(self.shown()["calls"], 2)
        first = self.shown()["versions"][-1]["version"]
        self.assertIn("no version 99", self.learn("revert", "99", check=False).stderr)
        self.assertIn(f"Back to version {first}", self.learn("revert", str(first)).stdout)
        self.assertEqual(self.shown()["note"], f"reverted to {first}")


if __name__ == "__main__":
    unittest.main()
