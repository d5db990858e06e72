"""Whether a profile can be used: its names, its addresses, its key."""

from tts.engines.http import address
from tts.engines.http.profile import Profile, key
from tts.engines.http.template import fill, names
from tts.errors import EngineFailed

GIVEN = {"text", "voice", "pace", "key"}


def problem_of(profile: Profile, name: str) -> str:
    """A Vietnamese sentence that says what the operator must mend in the file `name`, or ""."""
    return _of_fields(profile, name) or _of_addresses(profile, name) or _of_key(profile, name)


def _of_fields(profile: Profile, name: str) -> str:
    empty = sorted(field for field, value in profile.fields.items() if not value.strip())
    if empty:
        return f"Hồ sơ {name} chưa điền {', '.join(empty)}."
    request = profile.request
    used = names([request.url, request.text, request.xml])
    used = used.union(*map(names, (request.headers, request.json, request.form)))
    used |= names(profile.status.url) - {"job"} if profile.status else set()
    unknown = sorted(used - GIVEN - set(profile.fields))
    return f"Hồ sơ {name} dùng tên lạ: {', '.join(unknown)}." if unknown else ""


def _of_addresses(profile: Profile, name: str) -> str:
    asked = [profile.request.url, *([profile.status.url] if profile.status else [])]
    for template in asked:
        url = fill(template, {**dict.fromkeys(GIVEN | {"job"}, "x"), **profile.fields})
        try:
            address.check(
                url,
                (address.host_of(url),),
                allow_loopback_http=profile.allow_loopback_http,
            )
        except EngineFailed:
            return f"Hồ sơ {name} có địa chỉ không dùng https."
    return ""


def _of_key(profile: Profile, name: str) -> str:
    if not profile.key_file:
        return f"Hồ sơ {name} chưa chỉ ra tệp chứa khóa (key_file) do nhà cung cấp cấp."
    try:
        key(profile)
    except (ValueError, OSError):
        return f"Không đọc được khóa trong tệp {profile.key_file}."
    return ""
