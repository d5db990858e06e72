"""Application: settings become a Flask app with all its parts."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import Flask, g
from flask.templating import Environment

from controller.hooks.ports import Poster
from controller.keys.files import FileSigner
from controller.media.disk import DiskMedia
from controller.papers.process import DocumentReader
from controller.ports import Prober
from controller.poster.nowhere import poster_of
from controller.prober import ProcessProber
from controller.push.key import public_text
from controller.settings import Settings
from controller.store import Store
from tts.engines import voices
from web import (
    absences,
    alarm_templates,
    api,
    api_keys,
    approvals,
    approve_many,
    assets,
    audit_page,
    auth,
    behind_proxies,
    box,
    bulletin_clashes,
    bulletin_readings,
    bulletin_room,
    bulletins,
    calendar_feed,
    calendar_keys,
    captures,
    csrf,
    diagnosis_door,
    door,
    emergencies,
    failures,
    first_start,
    foreign_door,
    foreign_page,
    guard,
    headers,
    health,
    help_pages,
    hooks,
    inbox,
    installable,
    lexicon,
    locked,
    looked_at,
    media,
    moves,
    my_work,
    no_more_mail,
    notice_templates,
    on_air,
    papers,
    passkey_door,
    passkey_enrol,
    passkey_site,
    passkeys,
    people,
    people_import,
    person,
    practice,
    priorities,
    pushes,
    report_mails,
    report_page,
    report_paper,
    royalties,
    schedule,
    schedule_file,
    schedule_import,
    search,
    second_factor,
    sources,
    station_health,
    station_ills,
    station_map,
    station_minute,
    station_new,
    station_page,
    station_wall,
    stations,
    stations_import,
    tuning_page,
    unit_changes,
    unit_hours,
    units,
    updates,
    uptime,
    waits,
)
from web import menu as menus
from web.cookie import Cookie
from web.english import choice, rendering
from web.english.catalogue import catalogue
from web.nudge import silence
from web.parts import Parts, install, wall_clock
from web.secret_key import secret_key
from web.template_words import FILTERS, may, my_roles
from web.words import RELAY, VIRTUAL

MOST_FIELDS = 2 * 1024 * 1024  # bytes: a text that is too long is still told so, at its field

PAGES = (
    assets,
    installable,
    first_start,
    practice,
    auth,
    moves,
    my_work,
    bulletins,
    captures,
    bulletin_clashes,
    bulletin_readings,
    bulletin_room,
    notice_templates,
    papers,
    lexicon,
    approvals,
    approve_many,
    absences,
    inbox,
    priorities,
    emergencies,
    alarm_templates,
    on_air,
    stations,
    stations_import,
    station_new,
    station_page,
    station_ills,
    looked_at,
    station_minute,
    station_map,
    station_wall,
    station_health,
    tuning_page,
    unit_changes,
    unit_hours,
    units,
    diagnosis_door,
    door,
    passkey_door,
    passkey_enrol,
    passkeys,
    pushes,
    box,
    foreign_page,
    foreign_door,
    people,
    people_import,
    person,
    audit_page,
    report_page,
    report_paper,
    report_mails,
    no_more_mail,
    royalties,
    uptime,
    schedule,
    schedule_file,
    calendar_feed,
    calendar_keys,
    schedule_import,
    search,
    second_factor,
    updates,
    sources,
    waits,
    media,
    health,
    help_pages,
    api_keys,
    hooks,
    choice,
    api,
)


class App(Flask):
    """Flask, whose pages are in the language of who reads."""

    jinja_environment: type[Environment] = rendering.TwoLanguages


def create_app(
    settings: Settings,
    store: Store | None = None,
    *,
    prober: Prober | None = None,
    poster: Poster | None = None,
    nudge: Callable[[], None] = silence,
    now: Callable[[], datetime] = wall_clock,
) -> Flask:
    """The whole web of these settings. `store`: a database that is open already."""
    app = App(__name__, static_folder=None)
    app.session_interface = Cookie()
    app.config.update(
        SECRET_KEY=secret_key(settings),
        SESSION_COOKIE_NAME=practice.COOKIE if settings.sandbox else "tt_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=MOST_FIELDS,  # guard lets those who may upload send more
        MAX_FORM_MEMORY_SIZE=MOST_FIELDS,
    )
    parts = Parts(
        settings=settings,
        store=store or Store(settings.database),
        media=DiskMedia(settings.media),
        signer=FileSigner(settings.keys),
        voices=partial(voices, settings.engines),
        documents=DocumentReader(),
        poster=poster or poster_of(settings),
        prober=prober or ProcessProber(settings.private_addresses),
        nudge=nudge,
        push_key=partial(public_text, settings.keys),
        now=now,
    )
    install(app, parts)
    _dress(app, sandbox=settings.sandbox)
    practice.install(app)
    behind_proxies.install(app, settings.trusted_proxies)
    locked.install(app)
    guard.install(app)
    failures.install(app)
    app.after_request(headers.add)
    for page in PAGES:
        app.register_blueprint(page.blueprint)
    return app


def _dress(app: Flask, *, sandbox: bool) -> None:
    """What every template may use."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(
        asset=assets.asset,
        csrf_field=csrf.csrf_field,
        nonce=headers.nonce,
        menu=menus.menu,
        may=may,
        my_roles=my_roles,
        may_raise_emergency=emergencies.may_raise,
        emergencies_on_air=emergencies.on_air,
        help_here=help_pages.here,
        language=choice.language,
        script_words=partial(catalogue, "scripts"),
        other_language=choice.other_language,
        is_heard=captures.is_heard,
        sandbox=sandbox,
        sandbox_address=practice.sandbox_address,
        sounding_now=on_air.shown_in_bar,
        may_stop_some=on_air.may_stop_some,
        relay_word=RELAY,
        virtual_word=VIRTUAL,
        passkey_ready=passkey_site.ready,
        passkeys_here=passkey_site.here,
        errors={},
    )
    app.context_processor(lambda: {"who": g.get("who")})
