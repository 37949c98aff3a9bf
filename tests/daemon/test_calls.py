"""Any table of calls: learned, ranked, walked day by day through the command line; what is refused leaves everything as it was."""
import csv
import math
import os
import random
import subprocess
import tempfile
import time
import unittest

BINARY = os.environ["WHYNOW_BINARY"]
TOLD = ["--outcome", "y", "--key", "row", "--day", "month,day_of_week", "--after-call", "duration"]
HEADER = ["row", "age", "job", "contact", "month", "day_of_week", "duration", "index", "y"]
JOBS = ["student", "retired", "clerk", "technician", "housemaid", "services"]


def table(days, seed=1):
    """Calls as rows of cells: students and the retired buy, by mobile more than by telephone; the base wanders."""
    dice = random.Random(seed)
    rows = []
    for d in range(days):
        month, weekday = "may jun jul aug oct nov".split()[d // 5 % 6], "mon tue wed thu fri".split()[d % 5]
        for _ in range(dice.choice([1, 7, 30, 40])):
            age, job, contact = dice.randint(18, 80), dice.choice(JOBS), dice.choice(["cellular", "telephone"])
            odds = -2 + math.sin(d / 20) + (1.5 if job in ("student", "retired") else 0) + (0.7 if contact == "cellular" else 0)
            hit = dice.random() < 1 / (1 + math.exp(-odds))
            rows.append([str(len(rows)), str(age), job, contact, month, weekday, str(dice.randint(5, 300) + (400 if hit else 0)), f"{5000 + d}.5", "yes" if hit else "no"])
    return rows


def by_day(rows):
    out = []
    for r in rows:
        if not out or out[-1][-1][4:6] != r[4:6]:
            out.append([])
        out[-1].append(r)
    return out


class Calls(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="whynow-test-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.state = self.at("state")

    def at(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, rows, header=HEADER, separator=";", quoting=csv.QUOTE_MINIMAL):
        with open(self.at(name), "w", newline="") as f:
            csv.writer(f, delimiter=separator, quoting=quoting, lineterminator="\n").writerows([header] + rows)
        return self.at(name)

    def run_it(self, *words):
        return subprocess.run([BINARY, "calls", *words], capture_output=True, text=True, timeout=60)

    def good(self, *words):
        r = self.run_it(*words)
        self.assertEqual(r.returncode, 0, r.stderr)
        return r.stdout

    def refused(self, *words):
        """Exit code 2, the state as it was; what was said."""
        before = open(self.state, "rb").read() if os.path.exists(self.state) else None
        r = self.run_it(*words)
        self.assertEqual(r.returncode, 2, r.stdout + r.stderr)
        self.assertEqual(open(self.state, "rb").read() if os.path.exists(self.state) else None, before)
        self.assertEqual([n for n in os.listdir(self.folder) if ".new-" in n], [])
        return r.stderr

    def learn(self, file, told=TOLD):
        return self.good("learn", file, "--state", self.state, *told)

    def rank(self, file, *more, told=TOLD):
        self.good("rank", file, self.at("out"), "--state", self.state, *told, *more)
        with open(self.at("out"), newline="") as f:
            return list(csv.DictReader(f, delimiter=";"))

    def test_a_walk_day_by_day_with_the_outcomes_of_the_called_half(self):
        rows = table(120)
        days = by_day(rows)
        self.assertIn("learned", self.learn(self.write("history.csv", [r for d in days[:60] for r in d])))
        hits = reached = candidates = calls = 0
        for day in days[60:]:
            without = [r[:6] + r[7:8] for r in day]  # neither duration nor outcome
            answer = self.rank(self.write("day.csv", without, HEADER[:6] + HEADER[7:8]))
            self.assertEqual([a["row"] for a in answer], [r[0] for r in day])
            self.assertEqual(list(answer[0]), ["row", "p", "call"])
            called = [r for r, a in zip(day, answer) if a["call"] == "1"]
            candidates += len(day)
            calls += len(called)
            hits += sum(r[-1] == "yes" for r in day)
            reached += sum(r[-1] == "yes" for r in called)
            if called:
                self.learn(self.write("called.csv", called))
        self.assertEqual(calls, candidates // 2)
        self.assertGreater(reached / hits, 0.6)

    def test_separators_quotes_and_line_ends_make_no_difference(self):
        rows = table(40)
        first = None
        for n, how in enumerate([{}, {"separator": ","}, {"quoting": csv.QUOTE_ALL}, {"separator": ",", "quoting": csv.QUOTE_ALL}]):
            self.state = self.at(f"state{n}")
            self.learn(self.write("history.csv", rows[:400], **how))
            answer = self.rank(self.write("day.csv", rows[400:440], **how))
            first = first or answer
            self.assertEqual(answer, first)

    def test_the_same_seed_gives_the_same_bytes(self):
        rows, out = table(40), []
        for n in range(2):
            self.state = self.at(f"state{n}")
            self.learn(self.write("history.csv", rows[:400]))
            out.append((self.rank(self.write("day.csv", rows[400:440]), "--seed", "5", "--explore", "0.3", "--why"), open(self.state).read()))
        self.assertEqual(out[0], out[1])
        self.assertEqual(list(out[0][0][0]), ["row", "p", "call", "propensity", "why"])
        self.assertEqual(out[0][0][0]["why"].count(": "), 3)

    def test_planted_leaks_are_refused_by_name_unless_the_person_knows_better(self):
        rows = table(40)
        leaky = self.write("leaky.csv", [r + [r[-1]] for r in rows], HEADER + ["signed"])
        said = self.refused("learn", leaky, "--state", self.state, *TOLD)
        self.assertIn('column "signed"', said)
        self.assertIn("--after-call", said)
        said = self.refused("learn", self.write("history.csv", rows), "--state", self.state, *TOLD[:-2])
        self.assertIn('column "duration"', said)
        self.assertIn("learned", self.learn(leaky, TOLD + ["--before-call", "signed"]))

    def test_bad_tables_are_told_with_line_column_and_cure(self):
        rows = table(40)
        self.learn(self.write("history.csv", rows[:400]))
        learn = lambda bad: self.refused("learn", bad, "--state", self.state, *TOLD)
        broken = [list(r) for r in rows[400:420]]
        broken[2][-1], broken[5][-1], broken[7][1] = "perhaps", "later", "1e999"
        said = learn(self.write("bad.csv", broken))
        for place in ('bad.csv:4: column "y"', 'bad.csv:7: column "y"', 'bad.csv:9: column "age"'):
            self.assertIn(place, said)
        double = [list(r) for r in rows[400:420]]
        double[3][0] = double[1][0]
        self.assertIn('bad.csv:5: column "row"', learn(self.write("bad.csv", double)))
        self.assertIn("bad.csv:3: has 4 cells, the header 9", learn(self.write("bad.csv", [rows[400], rows[401][:4]])))
        self.assertIn("bad.csv:2: has 10 cells, the header 9", learn(self.write("bad.csv", [rows[400] + ["more"]])))
        self.assertIn("no row", self.refused("rank", self.write("none.csv", []), self.at("out"), "--state", self.state, *TOLD))
        self.assertIn('column "age"', learn(self.write("bad.csv", [r[:1] + r[2:] for r in rows[400:420]], HEADER[:1] + HEADER[2:])))
        self.assertIn("cannot be read", learn(self.at("nowhere.csv")))
        open(self.at("empty.csv"), "w").close()
        self.assertIn("empty", learn(self.at("empty.csv")))

    def test_what_is_merely_odd_is_taken(self):
        rows = table(40)
        self.learn(self.write("history.csv", [["c" if i == 3 else c for i, c in enumerate(r)] for r in rows[:400]]))
        odd = [list(r) for r in rows[400:406]]
        odd[0][1], odd[1][1], odd[2][2], odd[3][3], odd[4][-1] = "NaN", "1e18", "astronaut", "", ""
        for a in self.rank(self.write("odd.csv", odd)):
            self.assertTrue(0 < float(a["p"]) < 1)
        self.assertIn("1 rows without an outcome", self.learn(self.at("odd.csv")))
        self.assertIn("nothing was changed", self.learn(self.at("odd.csv")))
        self.assertIn("no calls", self.learn(self.write("none.csv", [])))  # nobody was called that day
        self.state = self.at("one_class")
        self.assertIn("no row", self.refused("learn", self.at("none.csv"), "--state", self.state, *TOLD))
        self.assertIn("look alike", self.learn(self.write("no.csv", [r[:-1] + ["no"] for r in rows[:50]])))

    def test_a_state_of_another_table_or_damaged_or_told_otherwise(self):
        rows = table(40)
        history, day = self.write("history.csv", rows[:400]), self.write("day.csv", rows[400:420])
        rank = lambda *told: self.refused("rank", day, self.at("out"), "--state", self.state, *told)
        self.assertIn("nothing was learned here yet", rank(*TOLD))
        self.learn(history)
        self.assertIn("--day month", rank("--day", "month"))
        self.assertIn("--after-call", rank("--after-call", "duration,age"))
        self.good("rank", day, self.at("out"), "--state", self.state)  # what is not told is known from the state
        whole = open(self.state).read()
        for damaged in (whole[:len(whole) // 2], whole.replace("0.0", "0.1", 1), "", "{}"):
            with open(self.state, "w") as f:
                f.write(damaged)
            self.assertIn("this file is", rank(*TOLD))
            self.refused("learn", history, "--state", self.state, *TOLD)

    def test_places_that_cannot_be_written(self):
        rows = table(40)
        history = self.write("history.csv", rows[:400])
        self.assertIn("cannot be written", self.refused("learn", history, "--state", self.at("no/such/folder/state"), *TOLD))
        self.learn(history)
        self.assertIn("cannot be written", self.refused("rank", history, self.at("no/such/folder/out"), "--state", self.state, *TOLD))
        self.assertIn("cannot be written", self.refused("rank", history, self.folder, "--state", self.state, *TOLD))

    def test_a_rehearsal_tells_the_figures(self):
        out = self.good("rehearse", self.write("history.csv", table(120)), *TOLD)
        for word in ("successes in the better half of each day's calls", "AUC", "Brier", "calibration error"):
            self.assertIn(word, out)

    def test_a_command_takes_milliseconds(self):
        rows = table(40)
        self.learn(self.write("history.csv", rows[:400]))
        day = self.write("day.csv", rows[400:420])
        times = []
        for _ in range(7):
            begin = time.perf_counter()
            self.rank(day)
            times.append(time.perf_counter() - begin)
        self.assertLess(min(times), 0.2)  # reading all the rules of the house would take more
