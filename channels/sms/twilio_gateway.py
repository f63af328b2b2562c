"""SMS by Twilio, with its own library: signatures, messages in, messages out, what became of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.base.values import unset
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from channels import http
from channels.contract import PermanentFailure, TemporaryFailure
from channels.messages import Call, DeliveryState, Ending, Event, Inbound, Media, Receipt
from channels.settings import Given, WrongSetting
from channels.sms.gateway import Text

API = "https://api.twilio.com"

STATES: Mapping[str, DeliveryState] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "failed": "failed",
    "undelivered": "failed",
    "canceled": "failed",
}
# 20429 too many requests, 20503 unavailable, 14107 and 30001 sending or queue limits: they pass.
PASSING_CODES = {20429, 20500, 20503, 14107, 30001, 30022}
# Codes after which nothing more may be sent there: its owner said STOP to Twilio; no number, no mobile, nobody has it.
ENDINGS: Mapping[str, Ending] = {"21610": "stopped", "21211": "gone", "21614": "gone", "30005": "gone", "30006": "gone"}
# Answers Twilio's Advanced Opt-Out has recognised, in whatever words: the agreed word for the same thing.
AGREED = {"STOP": "STOP", "START": "START"}
KEPT = (
    "MessageSid",
    "From",
    "To",
    "Body",
    "ButtonText",
    "NumMedia",
    "OptOutType",
    "MessageStatus",
    "ErrorCode",
)
TYPED = frozenset({"Body", "ButtonText"})

_PHONE = re.compile(r"\+[1-9]\d{6,14}")
# A number of Twilio's may be on WhatsApp or RCS too, and calls the same address: whoever writes there is answered by text.
_OTHER_WAY = re.compile(r"^(?:whatsapp|rcs):")


class TwilioGateway:
    name = "twilio"

    def __init__(self, given: Given) -> None:
        self._account = given.needed("ENTENTE_TWILIO_ACCOUNT_SID", "the account's number, AC…")
        token = given.needed("ENTENTE_TWILIO_AUTH_TOKEN", "it signs Twilio's calls and opens its API")
        if not re.fullmatch(r"AC[0-9a-fA-F]{32}", self._account):
            raise WrongSetting("ENTENTE_TWILIO_ACCOUNT_SID: AC and 32 hexadecimal figures.")
        # The API key may be narrower than the account's token; webhooks are signed with the token, or with the next
        # one while the token is being changed.
        key, secret = given.text("ENTENTE_TWILIO_API_KEY"), given.text("ENTENTE_TWILIO_API_SECRET")
        tokens = (token, given.text("ENTENTE_TWILIO_NEXT_AUTH_TOKEN"))
        self._validators = [RequestValidator(known) for known in tokens if known]
        self._auth = (key, secret) if key and secret else (self._account, token)
        self._service = given.text("ENTENTE_TWILIO_MESSAGING_SERVICE_SID")
        self._base = given.base("ENTENTE_TWILIO_API_URL", API)
        self._client = Client(*self._auth, account_sid=self._account, http_client=_HttpClient(timeout=given.patience))
        self._client.api.base_url = self._base
        self._status_url = f"{given.public_url}/webhooks/sms/twilio/status"
        self._files = http.client(timeout=given.patience)

    def verify(self, call: Call) -> bool:
        signature = call.headers.get("x-twilio-signature", "")
        if not signature:
            return False
        try:
            signed = self._signed(call)
        except UnicodeDecodeError:
            return False
        return any(validator.validate(call.url, signed, signature) for validator in self._validators)

    def read(self, call: Call) -> Sequence[Event]:
        """One call tells one thing. Raises ValueError."""
        said = _form(call.body)
        if not said.get("MessageSid"):
            raise ValueError("no MessageSid")
        kept = {name: value for name, value in said.items() if name in KEPT or name.startswith("Media")}
        kept["key"] = call.query.get("key", "")
        if _is_receipt(said):
            return [Event(f"{said['MessageSid']}:{_state(said)}", said["MessageSid"], kept)]
        return [Event(said["MessageSid"], said.get("From", ""), kept, TYPED)]

    def parse(self, body: dict[str, Any]) -> Sequence[Inbound | Receipt]:
        if _is_receipt(body):
            return _receipts(body)
        address = _OTHER_WAY.sub("", body.get("From", ""))
        if not _PHONE.fullmatch(address):
            return []  # an alias or a short number: nobody there reads an answer
        text = AGREED.get(body.get("OptOutType", "").upper()) or body.get("Body") or body.get("ButtonText", "")
        media = _media(body)
        return [
            Inbound(address, body["MessageSid"], text, media=media, to=body.get("To"), unread=not text and not media)
        ]

    def answer(self) -> tuple[str, str]:
        """Empty TwiML: the answer leaves by the API, once the message has been understood."""
        return '<?xml version="1.0" encoding="UTF-8"?><Response></Response>', "text/xml"

    def send(self, text: Text) -> str:
        try:
            sent = self._client.messages.create(
                to=text.to,
                from_=text.sender or unset,
                messaging_service_sid=self._service or unset,
                body=text.words,
                status_callback=f"{self._status_url}?{urlencode({'key': text.key})}",
                smart_encoded=False if self._service else unset,  # our own rewriting knows which accents matter
            )
        except requests.RequestException as error:
            raise TemporaryFailure(f"Twilio cannot be reached: {type(error).__name__}") from error
        except (TwilioRestException, TwilioServiceException) as error:
            raise _failure(error) from error
        except (TwilioException, ValueError, KeyError) as error:
            raise TemporaryFailure(f"Twilio's answer cannot be read: {type(error).__name__}") from error
        return str(sent.sid)

    def fetch(self, media: Media) -> bytes:
        return http.download(
            self._files, "Twilio", media.url or "", hosts=frozenset({urlsplit(self._base).netloc}), auth=self._auth
        )

    def _signed(self, call: Call) -> str | _Form:
        """A form's values are signed one by one; anything else by the hash in the address."""
        if "bodySHA256" in call.query:
            return call.body.decode()
        return _form(call.body)


class _Form(dict[str, str]):
    """A form as the validator reads it: every value of a repeated name."""

    def __init__(self, pairs: Sequence[tuple[str, str]], every: Mapping[str, list[str]]) -> None:
        super().__init__(pairs)
        self._every = every

    def getlist(self, name: str) -> list[str]:
        return self._every[name]


class _HttpClient(TwilioHttpClient):  # type: ignore[misc]  # the library has no types
    """Tells at once what passes: the library's own errors forget when to come back."""

    def request(self, *args: Any, **given: Any) -> Response:
        answer = super().request(*args, **given)
        if http.passes(answer.status_code):
            raise TemporaryFailure(f"Twilio answered {answer.status_code}", http.retry_after(answer.headers))
        return answer


def _form(body: bytes) -> _Form:
    """Blank values count: they are signed too."""
    text = body.decode()
    return _Form(parse_qsl(text, keep_blank_values=True), parse_qs(text, keep_blank_values=True))


def _is_receipt(said: Mapping[str, str]) -> bool:
    return bool(said.get("MessageStatus")) and said.get("MessageStatus") != "received"


def _state(said: Mapping[str, str]) -> str:
    return said["MessageStatus"].lower()


def _receipts(said: Mapping[str, str]) -> Sequence[Receipt]:
    state = STATES.get(_state(said))  # queued, sending, accepted: nothing has happened yet
    error = f"Twilio {said['ErrorCode']}" if said.get("ErrorCode") else None
    if not state:
        return []
    return [
        Receipt(
            said["MessageSid"], state, error, key=said.get("key") or None, ending=ENDINGS.get(said.get("ErrorCode", ""))
        )
    ]


def _media(said: Mapping[str, str]) -> tuple[Media, ...]:
    count = int(said["NumMedia"]) if said.get("NumMedia", "").isdigit() else 0
    return tuple(
        Media(f"mms-{number + 1}", said.get(f"MediaContentType{number}", ""), url=said[f"MediaUrl{number}"])
        for number in range(min(count, 10))
        if said.get(f"MediaUrl{number}")
    )


def _failure(error: TwilioRestException | TwilioServiceException) -> TemporaryFailure | PermanentFailure:
    told = f"Twilio {error.code or error.status}"
    if error.code in PASSING_CODES or error.status == 401:  # a wrong token is mended by us, and the message leaves then
        return TemporaryFailure(told)
    return PermanentFailure(told, ENDINGS.get(str(error.code)))  # 21408 country not allowed, …
