"""What a form says that sends an article on is none of the article."""

from __future__ import annotations

import pytest

from archive.article import extract

LINES = tuple(
    f"Paragraph {n} of a story about the old ferry pier, with words enough to be read as one line,"
    " and with a few more of them, so that nobody takes it for a message of a form."
    for n in range(1, 5)
)
BODY = "".join(f"<p>{line}</p>" for line in LINES)
SAID = {
    "ar": ("تم إرسال بريدك الإلكتروني.", "حدث خطأ ولم يتم إرسال بريدك الإلكتروني."),
    "da": ("Din e-mail er sendt.", "Der opstod en fejl, og din e-mail blev ikke sendt."),
    "de": ("Ihre E-Mail wurde gesendet.", "Ihre E-Mail konnte nicht gesendet werden."),
    "en": ("Your email has been sent.", "You can't enter more than 20 emails."),
    "es": ("Su correo ha sido enviado.", "Se produjo un error y su correo no se envió."),
    "fi": ("Sähköpostisi on lähetetty.", "Virhe: sähköpostia ei lähetetty."),
    "fr": ("Votre courriel a été envoyé.", "Une erreur : votre e-mail n’a pas été envoyé."),
    "he": ("האימייל נשלח.", "אירעה שגיאה, אימייל לא נשלח."),
    "it": ("La tua e-mail è stata inviata.", "Errore: la tua e-mail non è stata inviata."),
    "ja": ("メールを送信しました。", "エラーが発生し、メールは送信されませんでした。"),
    "ko": ("이메일이 전송되었습니다.", "오류가 발생하여 이메일이 전송되지 않았습니다."),
    "nl": ("Uw e-mail is verzonden.", "Er is een fout: uw e-mail is niet verzonden."),
    "pl": ("Twój e-mail został wysłany.", "Błąd: e-mail nie został wysłany."),
    "pt": ("O seu e-mail foi enviado.", "Erro: o seu e-mail não foi enviado."),
    "ru": ("Электронная почта отправлена.", "Ошибка: почта не отправлена."),
    "sv": ("Din e-post har skickats.", "Ett fel: din e-post skickades inte."),
    "tr": ("E-posta gönderildi.", "Bir hata oluştu, e-posta gönderilmedi."),
    "zh": ("您的邮件已发送。", "发生错误，您的邮件未发送。"),
}


def text(inner: str) -> str:
    """The text of a page with this in its article."""
    page = (
        f"<html><head><meta charset=utf-8><title>The pier</title></head><body>{inner}</body></html>"
    )
    return extract(page.encode(), "text/html", "https://news.example/a").text or ""


@pytest.mark.parametrize("code", SAID)
@pytest.mark.parametrize("place", ["{0}{1}", "<p>{2}</p>{0}{1}", "{1}{0}"])
def test_messages_of_a_form_are_left_out(code: str, place: str) -> None:
    """Before, among and behind the paragraphs, in any of these languages."""
    said = "".join(f"<p>{line}</p>" for line in SAID[code])
    inner = place.format(f'<div class="box">{said}</div>', BODY, LINES[3])
    found = text(f"<article><h1>The pier</h1>{inner}</article>")
    assert all(line not in found for line in SAID[code])
    assert all(line in found for line in LINES)


KEPT = {
    "one line": "<div><p>Your email has been sent.</p></div>",
    "with another": "<div><p>Her email came.</p><p>Her e-mail said no.</p><p>He wept.</p></div>",
    "a list": "<ul><li>Never open an email of strangers.</li><li>Delete an email.</li></ul>",
    "among paragraphs": "<p>Her email came at night, on Tuesday.</p><p>His email said no.</p>",
}


@pytest.mark.parametrize("said", KEPT.values(), ids=KEPT)
def test_an_article_may_speak_of_mail(said: str) -> None:
    """One line, lines with another beside them, a list, and paragraphs are left where they are."""
    without = text(f"<article>{BODY}</article>")
    page = f"<article>{BODY.replace('</p>', f'</p>{said}', 1)}</article>"
    found = text(page)
    assert len(found) >= len(without)
    if "div" not in said:
        assert "mail" in found


def test_a_page_that_says_nothing_else_keeps_it() -> None:
    """Where no longer text is on the page, the messages are all that it says."""
    said = "".join(f"<p>{line}</p>" for line in SAID["en"] * 4)
    assert "email" in text(f"<div>{said}</div>")
