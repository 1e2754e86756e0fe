//! A mail as it was saved to a file (`.eml`): who wrote to whom, when, about what, and what came with it.

use chrono::{DateTime, Utc};
use mail_parser::{Address, Message, MessageParser, MimeHeaders, PartType};

/// The most addresses that are read from one mail.
const ADDRESSES_MAX: usize = 200;
/// Words with which mail programs begin the lines that name somebody in a forwarded mail.
const NAMING: [&str; 12] = ["from", "to", "cc", "von", "an", "kopie", "de", "à", "da", "a", "van", "aan"];
/// The container in which Outlook hides text and files from everybody else.
const WINMAIL: &str = "winmail.dat";

/// Somebody in a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The name, where the mail gives one.
    pub name: String,
    /// The address in lower case.
    pub mail: String,
}

/// A file that came with a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosure {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Who wrote it, then who got it, each once.
    pub parties: Vec<Party>,
    /// When it was written.
    pub at: Option<DateTime<Utc>>,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The files.
    pub enclosures: Vec<Enclosure>,
    /// Files whose content cannot be read here.
    pub unreadable: Vec<String>,
    /// What identifies it.
    pub message_id: Option<String>,
    /// The mail inside, where it forwards another one as a whole.
    pub forwarded: Option<Box<Mail>>,
    /// Who is named in the lines with which the text quotes the head of a forwarded mail.
    pub quoted: Vec<Party>,
}

/// It is not a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoMail {
    /// Outlook's own format; there is a way to save it as `.eml`.
    Outlook,
    /// Anything else.
    Unknown,
}

impl Mail {
    /// Reads a mail.
    pub fn read(bytes: &[u8]) -> Result<Mail, NoMail> {
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(NoMail::Outlook);
        }
        // Programs that save mails put an mbox line or a byte order mark before them.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let bytes = if bytes.starts_with(b"From ") { bytes.splitn(2, |&byte| byte == b'\n').nth(1).unwrap_or_default() } else { bytes };
        let message = MessageParser::default().parse(bytes).ok_or(NoMail::Unknown)?;
        // Everything is some mail to the parser; one that nobody wrote at no time is none.
        if message.from().is_none() && message.sender().is_none() || message.date().is_none() && message.to().is_none() {
            return Err(NoMail::Unknown);
        }
        Ok(of(&message))
    }

    /// Takes a mail for the one it forwards: where somebody of ours passed a customer's mail on to us, that one is the contact. The files of both are kept.
    pub fn into_forwarded(self) -> Mail {
        match self.forwarded {
            Some(inner) => {
                let enclosures = inner.enclosures.into_iter().chain(self.enclosures).collect();
                let unreadable = inner.unreadable.into_iter().chain(self.unreadable).collect();
                Mail { enclosures, unreadable, at: inner.at.or(self.at), ..*inner }
            }
            None => self,
        }
    }
}

fn of(message: &Message<'_>) -> Mail {
    let mut mail = Mail {
        parties: Vec::new(),
        at: message.date().filter(|date| date.is_valid()).and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0)),
        subject: message.subject().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "),
        text: text_of(message),
        enclosures: Vec::new(),
        unreadable: Vec::new(),
        message_id: message.message_id().map(|id| id.chars().take(500).collect()),
        forwarded: None,
        quoted: Vec::new(),
    };
    for addresses in [message.from(), message.sender(), message.to(), message.cc(), message.bcc()].into_iter().flatten() {
        add_parties(addresses, &mut mail.parties);
    }
    mail.quoted = quoted(&mail.text);
    for (place, part) in message.attachments().enumerate() {
        if let PartType::Message(inner) = &part.body {
            let inner = of(inner);
            mail.forwarded.get_or_insert_with(|| Box::new(inner));
            continue;
        }
        let name = part.attachment_name().map(str::to_owned);
        let is_winmail = name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(WINMAIL))
            || part.content_type().is_some_and(|kind| kind.subtype().is_some_and(|sub| sub.eq_ignore_ascii_case("ms-tnef")));
        if is_winmail {
            mail.unreadable.push(WINMAIL.to_owned());
        } else if part.contents().is_empty() {
            mail.unreadable.extend(name);
        } else if let Some(name) = name.or_else(|| unnamed(part, place)) {
            mail.enclosures.push(Enclosure { name, bytes: part.contents().to_vec() });
        }
    }
    mail
}

/// A name for a file without one; pictures that only decorate the text have none and are left out.
fn unnamed(part: &mail_parser::MessagePart<'_>, place: usize) -> Option<String> {
    let subtype = part.content_type()?.subtype()?.to_ascii_lowercase();
    let is_inline = part.content_id().is_some() && matches!(part.body, PartType::InlineBinary(_));
    let ending = match subtype.as_str() {
        "pdf" | "png" | "jpeg" | "gif" | "csv" => subtype.as_str(),
        "calendar" => "ics",
        "plain" => "txt",
        _ => "bin",
    };
    (!is_inline).then(|| format!("{}.{ending}", place + 1))
}

fn add_parties(addresses: &Address<'_>, into: &mut Vec<Party>) {
    for address in addresses.iter() {
        let Some(mail) = address.address().map(|mail| mail.trim().to_lowercase()).filter(|mail| is_mail(mail)) else { continue };
        if into.len() < ADDRESSES_MAX && !into.iter().any(|known| known.mail == mail) {
            let name = address.name().unwrap_or_default().trim_matches(['"', '\'', ' ']).to_owned();
            into.push(Party { name, mail });
        }
    }
}

fn is_mail(text: &str) -> bool {
    text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !text.contains(char::is_whitespace))
}

/// The text, from its HTML form where there is no other.
fn text_of(message: &Message<'_>) -> String {
    let parts: Vec<String> =
        (0..message.text_body_count()).filter_map(|place| message.body_text(place)).map(|text| text.replace("\r\n", "\n")).collect();
    let mut text = String::new();
    let mut blank = 0;
    // More than one empty line in a row says nothing.
    for line in parts.join("\n\n").lines().map(str::trim_end) {
        blank = if line.trim().is_empty() { blank + 1 } else { 0 };
        if blank < 2 {
            text.push_str(line);
            text.push('\n');
        }
    }
    text.trim().to_owned()
}

/// Who is named in lines such as `Von: Karin Voss <k.voss@example.org>` or `> From: k.voss@example.org`.
fn quoted(text: &str) -> Vec<Party> {
    let mut found: Vec<Party> = Vec::new();
    for line in text.lines() {
        let line = line.trim_start_matches(['>', ' ', '*', '\t']);
        let Some((word, rest)) = line.split_once(':') else { continue };
        if !NAMING.contains(&word.trim().trim_matches('*').to_lowercase().as_str()) {
            continue;
        }
        for one in rest.split([';', ',']) {
            let mut mail =
                one.split(['<', '>', '[', ']', '(', ')', ' ', '"', '\'']).map(|part| part.trim_start_matches("mailto:").to_lowercase());
            let Some(mail) = mail.rfind(|part| is_mail(part)) else { continue };
            let name = one.split(['<', '[', '(']).next().unwrap_or_default().trim_matches(['*', ' ', '"', '\'']).to_owned();
            let name = if is_mail(&name.to_lowercase()) { String::new() } else { name };
            if found.len() < ADDRESSES_MAX && !found.iter().any(|known| known.mail == mail) {
                found.push(Party { name, mail });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = "From: \"Voss, Karin\" <K.Voss@Nordwerk.example>\r\n\
        To: Jana Petersen <jana@beispiel.example>, einkauf@nordwerk.example\r\n\
        Cc: =?iso-8859-1?Q?J=FCrgen_Gro=DF?= <j.gross@nordwerk.example>\r\n\
        Subject: =?utf-8?B?UHJlaXNsaXN0ZSBmw7xyIDIwMjc=?=\r\n\
        Date: Mon, 23 Nov 2026 09:30:00 +0100\r\n\
        Message-ID: <abc@nordwerk.example>\r\n\
        Content-Type: text/plain; charset=iso-8859-1\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\n\
        Sch=F6ne Gr=FC=DFe\r\n\r\n\r\n\r\nKarin Voss\r\n";

    #[test]
    fn a_mail_says_who_when_and_what_in_any_encoding() {
        let mail = Mail::read(PLAIN.as_bytes()).expect("a mail");
        let addresses: Vec<&str> = mail.parties.iter().map(|party| party.mail.as_str()).collect();
        assert_eq!(addresses, ["k.voss@nordwerk.example", "jana@beispiel.example", "einkauf@nordwerk.example", "j.gross@nordwerk.example"]);
        assert_eq!((mail.parties[0].name.as_str(), mail.parties[3].name.as_str()), ("Voss, Karin", "Jürgen Groß"));
        assert_eq!(mail.subject, "Preisliste für 2027");
        assert_eq!(mail.text, "Schöne Grüße\n\nKarin Voss");
        assert_eq!(mail.at.map(|at| at.to_rfc3339()), Some("2026-11-23T08:30:00+00:00".into()));
        assert_eq!(mail.message_id.as_deref(), Some("abc@nordwerk.example"));
    }

    fn multipart(parts: &[&str]) -> String {
        let head = "From: k.voss@nordwerk.example\r\nTo: jana@beispiel.example\r\nDate: Mon, 23 Nov 2026 09:30:00 +0100\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/mixed; boundary=cut\r\n\r\n";
        let parts: String = parts.iter().map(|part| format!("--cut\r\n{part}\r\n")).collect();
        format!("{head}{parts}--cut--\r\n")
    }

    #[test]
    fn html_alone_becomes_text_and_files_are_kept() {
        let mail = multipart(&[
            "Content-Type: text/html; charset=windows-1252\r\n\r\n<p>Guten <b>Tag</b></p><p>Preis: 5 \u{20ac}</p>",
            "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe.csv\r\n\r\na;b",
            "Content-Type: application/pdf; name=\"Angebot.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjc=",
        ]);
        let mail = Mail::read(mail.as_bytes()).expect("a mail");
        assert!(mail.text.contains("Guten Tag"), "{}", mail.text);
        let files: Vec<(&str, &[u8])> = mail.enclosures.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect();
        assert_eq!(files, [("Größe.csv", &b"a;b"[..]), ("Angebot.pdf", b"%PDF-1.7")]);
    }

    #[test]
    fn what_outlook_hides_is_named_as_unreadable() {
        let mail = multipart(&[
            "Content-Type: text/plain\r\n\r\nHallo",
            "Content-Type: application/ms-tnef; name=\"winmail.dat\"\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+IgE=",
        ]);
        let mail = Mail::read(mail.as_bytes()).expect("a mail");
        assert_eq!((mail.unreadable, mail.enclosures), (vec!["winmail.dat".to_owned()], vec![]));
    }

    #[test]
    fn a_forwarded_mail_is_found_inside_and_in_quoted_lines() {
        let outer = multipart(&["Content-Type: text/plain\r\n\r\nzur Kenntnis", &format!("Content-Type: message/rfc822\r\n\r\n{PLAIN}")]);
        let mail = Mail::read(outer.as_bytes()).expect("a mail").into_forwarded();
        assert_eq!((mail.subject.as_str(), mail.parties[0].mail.as_str()), ("Preisliste für 2027", "k.voss@nordwerk.example"));
        let text = "FYI\n\n-----Ursprüngliche Nachricht-----\nVon: Voss, Karin <K.Voss@nordwerk.example>\nGesendet: Montag\nAn: 'jana@beispiel.example'\n\
            > From: *Olaf* <olaf@x.example> [mailto:olaf@y.example]\nUhrzeit: 10:30";
        let addresses: Vec<String> = quoted(text).into_iter().map(|party| party.mail).collect();
        assert_eq!(
            addresses,
            ["k.voss@nordwerk.example", "'jana@beispiel.example'", "olaf@y.example"].map(|mail| mail.trim_matches('\'').to_owned())
        );
    }

    #[test]
    fn what_is_no_mail_is_refused() {
        assert_eq!(Mail::read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..."), Err(NoMail::Outlook));
        for bytes in [&b""[..], b"hello", b"%PDF-1.7", b"Subject: x\r\n\r\ny", b"\0\0\0\0", b"a;b;c\n1;2;3\n"] {
            assert_eq!(Mail::read(bytes), Err(NoMail::Unknown), "{bytes:?}");
        }
        assert!(Mail::read(&[b"From jana Mon Nov 23\r\n".as_slice(), PLAIN.as_bytes()].concat()).is_ok(), "from an mbox");
        assert!(Mail::read(&[b"\xef\xbb\xbf".as_slice(), PLAIN.as_bytes()].concat()).is_ok(), "with a byte order mark");
    }
}
