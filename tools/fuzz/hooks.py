"""What schemathesis must know of the registry: who asks, which ids lead somewhere, what a workbook is."""

import base64
import json
import os
import random
import re
import threading
import uuid
import zlib
from collections import Counter, defaultdict
from datetime import datetime, timezone
from pathlib import Path

import requests
import schemathesis
from hypothesis import strategies as st

URL = os.environ["FUZZ_URL"]
PASSWORD = os.environ["FUZZ_PASSWORD"]
ACTORS = os.environ["FUZZ_ACTORS"].split(",")
COUNTS = os.environ["FUZZ_COUNTS"]
SAMPLES = Path(os.environ["FUZZ_SAMPLES"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")

chance = random.Random(int(os.environ["FUZZ_SEED"]))
lock = threading.Lock()
counts = Counter()


class Actor:
    """Somebody who is signed in. Fuzzing signs out, too, and a token lives five minutes: then one signs in anew."""

    def __init__(self, name):
        self.name = name
        self.sign_in()

    def sign_in(self):
        answer = requests.post(
            f"{URL}/api/v1/identity/sessions", json={"loginName": self.name, "password": PASSWORD}, timeout=60
        )
        self.token = answer.json().get("accessToken", "") if answer.ok else ""
        body = self.token.split(".")[1] if self.token else ""
        self.permissions = json.loads(base64.urlsafe_b64decode(body + "==")).get("perms", []) if body else []


actors = [Actor(name) for name in ACTORS]


def actor_for(permission):
    """Mostly somebody who may, sometimes somebody who may not, sometimes nobody."""
    able = [actor for actor in actors if permission in actor.permissions] or actors
    turn = chance.random()
    return chance.choice(able) if turn < 0.8 else chance.choice(actors) if turn < 0.95 else None


# Ids that answers have shown: by the collection that they stood in (`classes`), and by their field (`classId`).
known = defaultdict(list)


def harvest(value, place):
    if isinstance(value, list):
        for inner in value[:50]:
            harvest(inner, place)
    elif isinstance(value, dict):
        for name, inner in value.items():
            ids = known[place if name == "id" else name]
            if isinstance(inner, str) and UUID.match(inner) and inner not in ids and len(ids) < 200:
                ids.append(inner)
            harvest(inner, place)


def chosen(name, instead_of):
    """The same id for the same made-up one, so that a case can be repeated."""
    ids = known.get(name)
    return ids[zlib.crc32(str(instead_of).encode()) % len(ids)] if ids else instead_of


def with_known_ids(name, value):
    if isinstance(value, dict):
        return {inner: with_known_ids(inner, each) for inner, each in value.items()}
    if isinstance(value, list):
        return [with_known_ids(name.removesuffix("s"), each) for each in value]
    return chosen(name, value) if isinstance(value, str) and UUID.match(value) else value


def put_known_ids(case):
    segments = case.path.split("/")
    for before, segment in zip(segments, segments[1:]):
        if segment.startswith("{") and case.path_parameters:
            case.path_parameters[segment[1:-1]] = chosen(before, case.path_parameters.get(segment[1:-1]))
    if isinstance(case.body, (dict, list)):
        case.body = with_known_ids("", case.body)
    if isinstance(case.query, dict):
        case.query = with_known_ids("", case.query)


@schemathesis.hook
def before_call(context, case, kwargs):
    permission = (case.operation.definition.raw.get("description") or "").removeprefix("所需权限：")
    actor = actor_for(permission)
    headers = dict(case.headers or {})
    # One address for each call: guessing is paced by address, and that is proved elsewhere.
    headers["X-Forwarded-For"] = f"10.{chance.randrange(256)}.{chance.randrange(256)}.{chance.randrange(1, 255)}"
    if actor and actor.token:
        headers["Authorization"] = f"Bearer {actor.token}"
    if "Idempotency-Key" in headers and chance.random() < 0.9:
        headers["Idempotency-Key"] = str(uuid.UUID(int=chance.getrandbits(128)))
    if "If-Match" in headers and chance.random() < 0.7:
        headers["If-Match"] = f'"{chance.randint(1, 3)}"'
    case.headers = headers
    # Once the business clock stands in another century, every rule says the same.
    if case.path.endswith("/operations/clock") and isinstance(case.body, dict) and "now" in case.body:
        case.body["now"] = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
    if chance.random() < 0.75:
        put_known_ids(case)


@schemathesis.hook
def after_call(context, case, response):
    with lock:
        counts[f"{case.operation.label} {response.status_code}"] += 1
        # The run may be ended at any time: what is counted is there as a whole or not yet.
        Path(f"{COUNTS}.new").write_text(json.dumps(counts))
        os.replace(f"{COUNTS}.new", COUNTS)
    if 200 <= response.status_code < 300 and "json" in "".join(response.headers.get("content-type", [])):
        harvest(response.json(), case.path.rsplit("/", 1)[-1])
    if response.status_code == 401:
        sent = (case.headers or {}).get("Authorization", "")
        for actor in actors:
            if actor.token and sent.endswith(actor.token):
                actor.sign_in()


workbooks = [path.read_bytes() for path in sorted(SAMPLES.glob("*.xlsx"))]
schemathesis.openapi.media_type(XLSX, st.one_of(st.sampled_from(workbooks), st.binary(max_size=200)))


@schemathesis.serializer(XLSX)
def as_it_is(context, value):
    return value if isinstance(value, bytes) else json.dumps(value).encode()
