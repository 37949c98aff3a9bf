"""Every figure of the digest again, from the raw rows, by SQL written by hand and without a line of the daemon's own."""

MINE = "(SELECT id FROM reps WHERE role = 'rep' AND (:manager = '' OR manager_email = :manager))"
# What stands: not taken back, and of several words on one card the last.
CALLS = f"""(SELECT o.* FROM outcomes o WHERE o.undone = 0 AND o.rep IN {MINE} AND o.day BETWEEN :from AND :to AND o.disposition <> 'not_called'
 AND (o.card IS NULL OR NOT EXISTS (SELECT 1 FROM outcomes x WHERE x.card = o.card AND x.undone = 0 AND x.id > o.id AND x.day BETWEEN :from AND :to AND x.rep IN {MINE})))"""
SPOKE = "o.disposition IN ('connected', 'gatekeeper', 'hung_up')"
HIT = "EXISTS (SELECT 1 FROM json_each(o.results) WHERE value IN ('meeting_booked', 'interested_later', 'needs_info', 'call_back', 'referral'))"
HAS = "EXISTS (SELECT 1 FROM json_each(o.results) WHERE value = '{}')"
CARDS = f"(SELECT c.*, b.day, b.rep FROM cards c JOIN briefs b ON b.id = c.brief WHERE b.rep IN {MINE} AND b.day BETWEEN :from AND :to)"
DUE = f"""(SELECT o.*, coalesce(o.follow_up_date, o.follow_up_from, o.day) AS due FROM outcomes o WHERE o.undone = 0 AND o.rep IN {MINE} AND {SPOKE}
 AND {HAS.format('meeting_booked')} AND coalesce(o.follow_up_date, o.follow_up_from, o.day) BETWEEN :from AND :to)"""
HELD = "EXISTS (SELECT 1 FROM outcomes h WHERE h.contact = o.contact AND h.undone = 0 AND h.disposition = 'connected' AND h.told_at > o.told_at AND h.day >= o.due)"
NAMED = f"(SELECT * FROM referrals WHERE withdrawn = 0 AND rep IN {MINE} AND named_on BETWEEN :from AND :to)"
LETTERS = f"(SELECT o.id, max(d.state = 'sent') AS sent FROM {CALLS} o JOIN drafts d ON d.outcome = o.id AND d.kind = 'thank_you' WHERE {SPOKE} GROUP BY o.id)"
PACED = f"(SELECT b.rep, b.day, r.daily_calls FROM briefs b JOIN reps r ON r.id = b.rep WHERE b.rep IN {MINE} AND b.day BETWEEN :from AND :to AND r.daily_calls > 0)"

FIGURES = {
    "briefs": f"SELECT count(*), NULL FROM briefs WHERE rep IN {MINE} AND day BETWEEN :from AND :to",
    "nothing": f"SELECT sum(NOT EXISTS (SELECT 1 FROM cards WHERE brief = b.id)), count(*) FROM briefs b WHERE rep IN {MINE} AND day BETWEEN :from AND :to",
    "suggested": f"SELECT (SELECT count(*) FROM {CARDS}), (SELECT sum(budget) FROM briefs WHERE rep IN {MINE} AND day BETWEEN :from AND :to)",
    "calls": f"SELECT count(*), NULL FROM {CALLS}",
    "saved": f"SELECT (SELECT sum(daily_calls) FROM {PACED}) - (SELECT count(*) FROM {CALLS} o JOIN {PACED} p ON p.rep = o.rep AND p.day = o.day), (SELECT sum(daily_calls) FROM {PACED})",
    "conversations": f"SELECT sum({SPOKE}), count(*) FROM {CALLS} o",
    "hits": f"SELECT sum({HIT}), count(*) FROM {CALLS} o WHERE {SPOKE}",
    "meetings": f"SELECT sum({HAS.format('meeting_booked')}), count(*) FROM {CALLS} o WHERE {SPOKE}",
    "meetings_due": f"SELECT count(*), NULL FROM {DUE}",
    "held": f"SELECT sum({HELD}), count(*) FROM {DUE} o",
    "referrals": f"SELECT (SELECT count(*) FROM {NAMED}), (SELECT count(*) FROM {CALLS} o WHERE {SPOKE})",
    "referrals_called": f"SELECT sum(EXISTS (SELECT 1 FROM outcomes o WHERE o.contact = n.referred AND o.undone = 0 AND o.disposition <> 'not_called')), count(*) FROM {NAMED} n",
    "closed": f"SELECT sum({HAS.format('do_not_contact')}), count(*) FROM {CALLS} o WHERE {SPOKE}",
    "thanks_owed": f"SELECT count(*), NULL FROM {LETTERS}",
    "thanks": f"SELECT sum(sent), count(*) FROM {LETTERS}",
    "wrong": f"SELECT sum(state = 'not_a_reason'), count(*) FROM {CARDS}",
    "unlogged": f"SELECT sum(c.state = 'open'), count(*) FROM {CARDS} c WHERE c.day < :today",
    "overdue": f"SELECT count(*), NULL FROM nurture WHERE state IN ('waiting', 'shown') AND promised < :today AND promised <= :to AND rep IN {MINE}",
    "foretold": f"SELECT sum(o.disposition = 'connected' AND {HIT}), count(*) FROM {CALLS} o WHERE o.card IS NOT NULL AND o.disposition IN ('connected', 'hung_up')",
    "struggles": f"""SELECT count(*), NULL FROM (SELECT lower(f.value) FROM facts f JOIN {CALLS} o ON o.id = f.outcome
                     WHERE f.kind = 'challenge' AND f.withdrawn = 0 AND {SPOKE} GROUP BY lower(f.value) HAVING count(DISTINCT f.account) >= 3)""",
}

SOURCE = "CASE WHEN c.reason_key LIKE 'event:%' THEN (SELECT coalesce(g.source, e.source) FROM events e LEFT JOIN signals g ON g.id = e.signal WHERE 'event:' || e.id = c.reason_key) ELSE 'none' END"
PARTS = {"by_kind": "c.kind", "by_scope": "c.scope", "by_source": SOURCE}


def figures(db, manager, first, last, today):
    """{"hits": (7, 31), …}; a number that is no share has None beside it."""
    values = {"manager": manager, "from": first, "to": last, "today": today}
    out = {}
    for name, sql in FIGURES.items():
        number, whole = db.execute(sql, values).fetchone()
        out[name] = (int(number or 0), None if name in ("briefs", "calls", "meetings_due", "thanks_owed", "overdue", "struggles") else int(whole or 0))
    return out


def parts(db, part, manager, first, last):
    """{"leadership": {"suggested": 12, "calls": 9, …}, …}"""
    values = {"manager": manager, "from": first, "to": last}
    label = PARTS[part]
    out = {}

    def add(sql, *names):
        for row in db.execute(sql, values):
            into = out.setdefault(row[0], {})
            for name, n in zip(names, row[1:]):
                into[name] = into.get(name, 0) + int(n or 0)

    add(f"SELECT {label}, count(*), sum(c.state = 'not_a_reason') FROM {CARDS} c GROUP BY 1", "suggested", "wrong")
    add(f"SELECT coalesce({label}, 'other'), count(*), sum({SPOKE}), sum({SPOKE} AND {HIT}), sum({SPOKE} AND {HAS.format('meeting_booked')}) "
        f"FROM {CALLS} o LEFT JOIN cards c ON c.id = o.card GROUP BY 1".replace("ELSE 'none' END", "WHEN c.id IS NOT NULL THEN 'none' END"), "calls", "conversations", "hits", "meetings")
    for table, names, what in ((f"{DUE} o", ("held",), f"sum({HELD})"), (f"{NAMED} n JOIN outcomes o ON o.id = n.outcome", ("referrals",), "count(*)")):
        add(f"SELECT coalesce({label}, 'other'), {what} FROM {table} LEFT JOIN cards c ON c.id = o.card GROUP BY 1".replace("ELSE 'none' END", "WHEN c.id IS NOT NULL THEN 'none' END"), *names)
    return out


def differences(db, answer, today):
    """What a digest as JSON says otherwise than the rows; an empty list is what one wants."""
    manager, first, last = answer["manager"], answer["from"], answer["to"]
    is_manager = db.execute("SELECT role FROM reps WHERE email = ?", (manager,)).fetchone()[0] == "manager"
    manager = manager if is_manager else ""
    said = {f["name"]: (f["number"], f["denominator"]) for f in answer["figures"] if f["name"] != "feeds"}
    want = figures(db, manager, first, last, today)
    wrong = [f"{name}: {said.get(name)} is said, {want[name]} by the rows" for name in want if said.get(name) != want[name]]
    for part in PARTS:
        groups = {g["label"]: {f["name"]: f["number"] for f in g["figures"]} for g in answer[part]}
        counted = {k: v for k, v in parts(db, part, manager, first, last).items() if any(v.values())}
        for label in sorted(set(groups) | set(counted), key=str):
            for name in ("suggested", "calls", "conversations", "hits", "meetings", "held", "referrals", "wrong"):
                a, b = groups.get(label, {}).get(name, 0), counted.get(label, {}).get(name, 0)
                if a != b:
                    wrong.append(f"{part} {label} {name}: {a} is said, {b} by the rows")
    return wrong
