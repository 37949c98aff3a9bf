#!/usr/bin/env python3
"""The order of the house, read from the sources: directions of includes, the shape of the files, no machine paths.

    python3 tests/house/house.py [ROOT]      prints every breach; exit 1 where there is one
"""
import os
import re
import subprocess
import sys

ROOT = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "..", ".."))

# A room may include itself and these. domain/* is one room here; its own order is checked below.
MAY = {
    "domain": set(),
    "embedded": set(),
    "log": set(),
    "late": set(),
    "settings": {"domain", "embedded"},
    "schedule": {"domain"},
    "http": {"log", "late"},
    "store": {"domain", "log"},
    "chat": {"domain", "http"},
    "sources": {"domain", "http", "late"},
    "delivery": {"domain", "store", "chat", "log"},
    "workday": {"domain", "store", "chat", "settings", "embedded", "log"},
    "web": {"domain", "store", "chat", "workday", "embedded", "log"},
    "app": {"domain", "embedded", "log", "settings", "schedule", "http", "store", "chat", "delivery", "sources", "workday", "web", "adapters"},
    "demo": {"domain", "embedded", "log", "settings", "schedule", "http", "store", "chat", "delivery", "sources", "workday", "web", "adapters", "app"},
    "cli": {"domain", "embedded", "log", "settings", "schedule", "http", "store", "chat", "delivery", "sources", "workday", "web", "adapters", "app", "demo"},
    "adapters": {"domain", "chat", "sources", "http", "log", "late", "embedded", "settings"},
}

# domain: std, fmt and nothing else; which third-party headers it may not see is therefore everything with a slash.
DOMAIN_THIRD_PARTY = {"fmt"}

# Heavy headers stay in .cpp files, or in a header that only its own folder sees.
HEAVY = re.compile(r"^(boost/beast|curl/|toml\+\+/|CLI/|pugixml|spdlog/|nlohmann/json\.hpp|prometheus/|sqlite3\.h|openssl/)")
HANDS_ON = {"daemon/http/libcurl.hpp"}  # whose one job it is to be the heavy one

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)
CODE = (".cpp", ".hpp")
TEXT = CODE + (".py", ".toml", ".txt", ".cmake", ".md", ".json", ".sql", ".sh", ".css", ".js", ".html", ".yml", ".service")

breaches = []


def breach(path, why):
    breaches.append(f"{path}: {why}")


def tracked():
    """The files of the project: what git knows or would take; without git, all but build folders."""
    r = subprocess.run(["git", "-C", ROOT, "ls-files", "--cached", "--others", "--exclude-standard"], capture_output=True, text=True)
    if r.returncode == 0:
        return [f for f in r.stdout.splitlines() if os.path.isfile(os.path.join(ROOT, f))]
    out = []
    for folder, dirs, files in os.walk(ROOT):
        dirs[:] = [d for d in dirs if not d.startswith(".") and d != "build"]
        out += [os.path.relpath(os.path.join(folder, f), ROOT) for f in files]
    return out


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as f:
        return f.read()


def room_of(path):
    parts = path.split("/")
    if parts[0] == "adapters" and len(parts) > 2:
        return "adapters"
    if parts[0] == "daemon" and len(parts) > 2:
        return parts[1]
    return None


def links_of_domain():
    """The LINKS of each domain room: the only domain rooms it may include, transitively."""
    direct = {}
    base = os.path.join(ROOT, "daemon/domain")
    for room in os.listdir(base):
        cmake = os.path.join(base, room, "CMakeLists.txt")
        if os.path.isfile(cmake):
            with open(cmake, encoding="utf-8") as f:
                direct[room] = set(re.findall(r"whynow_domain_(\w+)", f.read())) | {room}
    whole = {}
    for room in direct:
        seen, todo = set(), [room]
        while todo:
            r = todo.pop()
            if r not in seen:
                seen.add(r)
                todo += direct.get(r, set())
        whole[room] = seen
        for other in seen - {room}:
            if room in direct.get(other, set()):
                breach(f"daemon/domain/{room}/CMakeLists.txt", f"a circle with domain/{other}")
    return whole


def includers(files, header):
    """The files that include a header, by its path below the root or below daemon/."""
    names = {header, header.removeprefix("daemon/")}
    return [f for f in files if f.endswith(CODE) and any(n in names for b, n in INCLUDE.findall(read(f)) if b == '"')]


def check_includes(files):
    domain_links = links_of_domain()
    for path in files:
        room = room_of(path)
        if not room or not path.endswith(CODE):
            continue
        if room not in MAY:
            breach(path, f"room {room} is not in the plan of the house (tests/house/house.py)")
            continue
        for bracket, name in INCLUDE.findall(read(path)):
            first = name.split("/")[0]
            if bracket == "<":
                if room == "domain" and ("/" in name or name.endswith((".h", ".hpp"))) and first not in DOMAIN_THIRD_PARTY:
                    breach(path, f"domain includes <{name}>; only std and fmt")
                if path.endswith(".hpp") and path not in HANDS_ON and HEAVY.match(name):
                    strangers = [f for f in includers(files, path) if os.path.dirname(f) != os.path.dirname(path)]
                    if strangers:
                        breach(path, f"heavy <{name}> in a header that {strangers[0]} includes")
                continue
            if first not in MAY:
                continue  # beside the file
            if first != room and first not in MAY[room]:
                breach(path, f"{room} may not include {name}")
            if room == "domain" and first == "domain":
                own, other = path.split("/")[2], name.split("/")[1]
                if other not in domain_links.get(own, {own}):
                    breach(path, f"domain/{own} includes domain/{other}, which is not in its LINKS")
            if room == "adapters" and first == "adapters" and name.split("/")[1] != path.split("/")[1]:
                breach(path, f"adapter {path.split('/')[1]} includes adapter {name.split('/')[1]}")


# Paths of people's machines and of build places; the root of what we install is fine.
MACHINE = re.compile(r"(?<![\w.])/(?:home|Users|work|root|mnt|media)/[\w.-]+|[A-Z]:\\\\Users")


def check_machine_paths(files):
    for path in files:
        if not path.endswith(TEXT) or path.startswith(("tests/data/", "tests/house/", "bench/data/")):
            continue
        for n, line in enumerate(read(path).splitlines(), 1):
            m = MACHINE.search(line)
            if m and "://" not in line[max(0, m.start() - 60):m.start()]:
                breach(f"{path}:{n}", f"names a place of one machine: {m.group(0)}")


def check_headers(files):
    for path in files:
        if path.startswith(("daemon/", "adapters/")) and path.endswith(".hpp"):
            text = read(path)
            if "#pragma once" not in text:
                breach(path, "no #pragma once")
            if not text.lstrip().startswith("//"):
                breach(path, "the header does not begin with a sentence that says what it is")


def check_clock(files):
    """Domain code is told the time."""
    for path in files:
        if path.startswith("daemon/domain/") and path.endswith(CODE):
            m = re.search(r"(system_clock|steady_clock|high_resolution_clock)::now|\btime\s*\(\s*(nullptr|NULL|0)\s*\)|\bgetenv\b|\bstd::(ifstream|ofstream|regex)\b", read(path))
            if m:
                breach(path, f"domain uses {m.group(0)}")


def main():
    files = tracked()
    seen = [f for f in files if room_of(f) and f.endswith(CODE)]
    if len(seen) < 50:
        breach(ROOT, f"only {len(seen)} sources found: is this the project?")
    check_includes(files)
    check_machine_paths(files)
    check_headers(files)
    check_clock(files)
    for b in breaches:
        print(b)
    print(f"{len(seen)} sources, {len(breaches)} breaches")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
