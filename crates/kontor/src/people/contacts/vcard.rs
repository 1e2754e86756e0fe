//! Reading vCards 2.1, 3.0 and 4.0 as Outlook, Apple, Gmail and telephones write them.

use std::collections::HashMap;

use calcard::common::IanaString;
use calcard::vcard::{VCard, VCardEntry, VCardParameterName, VCardProperty, VCardValue};
use calcard::{Entry, Parser};
use kontor_domain::person::{Birthday, ChannelKind, read_salutation, split_name};

use super::{Contact, Reading, Rejected};

/// Reads all cards of a text.
pub fn read(text: &str) -> Reading {
    let mut reading = Reading::default();
    for card in cards(text) {
        match card {
            Ok((line, card)) => match Parser::new(card).entry() {
                Entry::VCard(parsed) => match contact(&parsed, line) {
                    Ok(contact) => reading.contacts.push(contact),
                    Err(reason) => reading.rejected.push(Rejected::new(line, card, reason)),
                },
                _ => reading.rejected.push(Rejected::new(line, card, "unreadable")),
            },
            Err(rejected) => reading.rejected.push(rejected),
        }
    }
    reading
}

/// Cuts a text into cards with the line each begins on, so that one broken card spoils no other.
fn cards(text: &str) -> Vec<Result<(u64, &str), Rejected>> {
    let mut found = Vec::new();
    let mut open: Option<(u64, usize)> = None;
    let (mut offset, mut depth) = (0, 0_u32);
    for (number, line) in (1_u64..).zip(text.split_inclusive('\n')) {
        let word = line.trim().trim_start_matches('\u{feff}');
        if word.eq_ignore_ascii_case("BEGIN:VCARD") {
            // 2.1 allows a card inside of a card (AGENT); a second beginning at the start of a line is taken for a card whose end is missing.
            if let Some((line, start)) = open
                && depth > 0
            {
                found.push(Err(Rejected::new(line, &text[start..offset], "unfinished")));
            }
            (open, depth) = (Some((number, offset)), 1);
        } else if word.eq_ignore_ascii_case("END:VCARD")
            && let Some((line, start)) = open.take()
        {
            depth = 0;
            found.push(Ok((line, &text[start..offset + line_length(text, offset)])));
        } else if open.is_none() && !word.is_empty() {
            found.push(Err(Rejected::new(number, word, "not_a_card")));
        }
        offset += line.len();
    }
    if let Some((line, start)) = open {
        found.push(Err(Rejected::new(line, &text[start..], "unfinished")));
    }
    found
}

fn line_length(text: &str, offset: usize) -> usize {
    text[offset..].find('\n').map_or(text.len() - offset, |end| end + 1)
}

/// What a card says, or why it is no contact.
fn contact(card: &VCard, line: u64) -> Result<Contact, &'static str> {
    let mut contact = Contact { line, ..Contact::default() };
    let labels = labels(card);
    let mut formatted = String::new();
    let mut label_addresses = Vec::new();
    for entry in &card.entries {
        let values: Vec<String> = entry.values.iter().filter_map(text).collect();
        let value = values.iter().find(|value| !value.is_empty()).cloned().unwrap_or_default();
        match &entry.name {
            VCardProperty::Fn => formatted = value,
            VCardProperty::N => name(&mut contact, &values),
            VCardProperty::Org => {
                contact.company = values.first().cloned().unwrap_or_default();
                contact.department = values.iter().skip(1).filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ");
            }
            VCardProperty::Title => contact.function = value,
            VCardProperty::Role if contact.function.is_empty() => contact.function = value,
            VCardProperty::Tel => contact_phone(&mut contact, entry, &labels, &value),
            VCardProperty::Email => {
                let is_home = is_of(entry, &labels, &["home", "privat"]);
                contact.reach(if is_home { ChannelKind::HomeMail } else { ChannelKind::WorkMail }, &value);
            }
            VCardProperty::Adr => address(&mut contact, &values),
            VCardProperty::Url => contact.reach(ChannelKind::Website, &value),
            VCardProperty::Socialprofile | VCardProperty::Impp => contact.reach(ChannelKind::Profile, &value),
            VCardProperty::Bday => birthday(&mut contact, entry, &value),
            VCardProperty::Lang => contact.data.languages.extend(language(&value)),
            VCardProperty::Note => contact.remark(&value),
            VCardProperty::Photo | VCardProperty::Logo => contact.leave("photo"),
            VCardProperty::Kind if value.eq_ignore_ascii_case("group") => return Err("group_card"),
            VCardProperty::Other(name) => other(&mut contact, name, value, &mut label_addresses),
            VCardProperty::Begin | VCardProperty::End | VCardProperty::Version | VCardProperty::Prodid => {}
            VCardProperty::Rev | VCardProperty::Uid | VCardProperty::Kind | VCardProperty::Clientpidmap => {}
            left if !value.is_empty() => contact.leave(&left.as_str().to_lowercase()),
            _ => {}
        }
    }
    if !contact.channels.iter().any(|(kind, _)| *kind == ChannelKind::Address) {
        // Outlook writes addresses twice; the label counts where there is nothing else.
        label_addresses.iter().for_each(|label| contact.reach(ChannelKind::Address, label));
    }
    if !contact.has_name() && formatted != contact.company {
        let parts = split_name(&formatted);
        let data = &mut contact.data;
        (data.salutation, data.title, data.first_name, data.last_name) = (parts.salutation, parts.title, parts.first, parts.last);
    }
    if contact.has_name() { Ok(contact) } else { Err("no_name") }
}

/// Family name; given names; further names; prefixes; suffixes.
fn name(contact: &mut Contact, values: &[String]) {
    let part = |place: usize| values.get(place).map(|value| value.trim()).unwrap_or_default();
    let data = &mut contact.data;
    data.last_name = part(0).to_owned();
    data.first_name = [part(1), part(2)].join(" ").trim().to_owned();
    let mut titles = Vec::new();
    for word in part(3).split_whitespace() {
        match read_salutation(word) {
            Some(salutation) => data.salutation = Some(salutation),
            None => titles.push(word),
        }
    }
    data.title = Some(titles.join(" ")).filter(|title| !title.is_empty());
    let suffix = part(4);
    if !suffix.is_empty() {
        data.last_name = format!("{} {suffix}", data.last_name).trim().to_owned();
    }
}

fn contact_phone(contact: &mut Contact, entry: &VCardEntry, labels: &HashMap<String, String>, value: &str) {
    let value = value.strip_prefix("tel:").unwrap_or(value);
    let kind = if is_of(entry, labels, &["fax"]) {
        ChannelKind::Fax
    } else if is_of(entry, labels, &["cell", "mobil", "iphone", "handy"]) {
        ChannelKind::Mobile
    } else if is_of(entry, labels, &["pager"]) {
        contact.leave("pager");
        return;
    } else if is_of(entry, labels, &["home", "privat"]) {
        ChannelKind::HomePhone
    } else {
        ChannelKind::WorkPhone
    };
    contact.reach(kind, value);
}

/// Post box; extended address; street; city; region; postal code; country.
fn address(contact: &mut Contact, values: &[String]) {
    let part = |place: usize| values.get(place).map(|value| value.trim().replace("\r\n", "\n")).unwrap_or_default();
    let city = [part(5), part(3)].join(" ").trim().to_owned();
    if contact.country.is_empty() {
        contact.country = part(6);
    }
    let lines = [part(1), part(2), part(0), city, part(4), part(6)];
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    contact.reach(ChannelKind::Address, &lines.join("\n"));
}

fn birthday(contact: &mut Contact, entry: &VCardEntry, value: &str) {
    /// The year that Apple writes where the year is not known.
    const APPLE_NO_YEAR: u16 = 1604;
    let found = entry.values.iter().find_map(|value| match value {
        VCardValue::PartialDateTime(date) => {
            let year = date.year.filter(|&year| year != APPLE_NO_YEAR).map(i32::from);
            Birthday::new(date.day?.into(), date.month?.into(), year)
        }
        _ => None,
    });
    match found.or_else(|| value.get(..10).unwrap_or(value).parse().ok()) {
        Some(birthday) => contact.data.birthday = Some(birthday),
        None if !value.is_empty() => contact.leave("bday"),
        None => {}
    }
}

fn language(value: &str) -> Option<String> {
    let tag = value.trim().to_lowercase();
    ((2..=8).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_alphabetic() || c == '-')).then_some(tag)
}

/// Properties that are no standard.
fn other(contact: &mut Contact, name: &str, value: String, labels: &mut Vec<String>) {
    let upper = name.to_uppercase();
    match upper.as_str() {
        "LABEL" => labels.push(value.replace("\r\n", "\n")),
        "X-SOCIALPROFILE" | "X-TWITTER" | "X-SKYPE" | "X-SKYPE-USERNAME" | "X-MS-IMADDRESS" => contact.reach(ChannelKind::Profile, &value),
        // How a program shows the card, not what it says.
        _ if ["X-AB", "X-MS-OL", "X-APPLE", "X-ANDROID", "X-EVOLUTION", "X-PHONETIC", "X-WAB"]
            .iter()
            .any(|start| upper.starts_with(start)) => {}
        _ if value.is_empty() => {}
        _ => contact.leave(&name.to_lowercase()),
    }
}

/// Apple's labels, by group: `item1.X-ABLabel:_$!<Work>!$_`.
fn labels(card: &VCard) -> HashMap<String, String> {
    let mut found = HashMap::new();
    for entry in &card.entries {
        if let (VCardProperty::Other(name), Some(group)) = (&entry.name, &entry.group)
            && name.eq_ignore_ascii_case("X-ABLabel")
            && let Some(label) = entry.values.iter().find_map(text)
        {
            found.insert(group.to_lowercase(), label.trim_start_matches("_$!<").trim_end_matches(">!$_").to_lowercase());
        }
    }
    found
}

/// Whether the types or the label of a property say one of these words.
fn is_of(entry: &VCardEntry, labels: &HashMap<String, String>, words: &[&str]) -> bool {
    let says = |text: &str| words.iter().any(|word| text.to_lowercase().contains(word));
    let by_type = entry.params.iter().any(|param| match &param.name {
        // In 2.1 a type stands without its name.
        VCardParameterName::Other(name) => says(name),
        VCardParameterName::Type => param.value.as_text().is_some_and(says),
        _ => false,
    });
    by_type || entry.group.as_ref().and_then(|group| labels.get(&group.to_lowercase())).is_some_and(|label| says(label))
}

fn text(value: &VCardValue) -> Option<String> {
    match value {
        VCardValue::Text(text) => Some(text.trim().to_owned()),
        VCardValue::Component(parts) => Some(parts.join(" ").trim().to_owned()),
        VCardValue::Kind(kind) => Some(kind.as_str().to_owned()),
        VCardValue::Binary(_) | VCardValue::PartialDateTime(_) => Some(String::new()),
        other => other.as_text().map(|text| text.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Contact {
        let reading = read(text);
        assert_eq!(reading.rejected, [], "{text}");
        assert_eq!(reading.contacts.len(), 1, "{text}");
        reading.contacts.into_iter().next().expect("one")
    }

    fn channels(contact: &Contact) -> Vec<(&'static str, &str)> {
        contact.channels.iter().map(|(kind, value)| (kind.name(), value.as_str())).collect()
    }

    #[test]
    fn outlook_writes_2_1_with_quoted_printable_and_charsets() {
        let contact = one("BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg;;Herr Dr.;\r\n\
             FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg M=C3=BC=\r\nller\r\nORG:Elbe GmbH;Einkauf\r\nTITLE:Leiter\r\n\
             TEL;WORK;VOICE:040 1234567\r\nTEL;CELL;VOICE:0171 5554729\r\nTEL;WORK;FAX:040 1234568\r\n\
             ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE:;;Stra=DFe 5=0D=0AHaus 2;Hamburg;;20095;Deutschland\r\n\
             LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:Stra=DFe 5=0D=0A20095 Hamburg\r\nBDAY:19700305\r\n\
             PHOTO;TYPE=JPEG;ENCODING=BASE64:\r\n /9j/4AAQSkZJRg==\r\n\r\nEMAIL;PREF;INTERNET:jm@elbe.example\r\n\
             X-MS-OL-DEFAULT-POSTAL-ADDRESS:2\r\nREV:20200101T000000Z\r\nEND:VCARD\r\n");
        assert_eq!(
            (contact.data.full_name().as_str(), contact.data.salutation),
            ("Dr. Jörg Müller", Some(kontor_domain::person::Salutation::Mr))
        );
        assert_eq!((contact.company.as_str(), contact.department.as_str(), contact.function.as_str()), ("Elbe GmbH", "Einkauf", "Leiter"));
        assert_eq!(
            channels(&contact),
            [
                ("work_phone", "040 1234567"),
                ("mobile", "0171 5554729"),
                ("fax", "040 1234568"),
                ("address", "Straße 5\nHaus 2\n20095 Hamburg\nDeutschland"),
                ("work_mail", "jm@elbe.example"),
            ]
        );
        assert_eq!(contact.data.birthday.map(|birthday| birthday.to_string()).as_deref(), Some("1970-03-05"));
        assert_eq!(contact.left, ["photo"]);
    }

    #[test]
    fn apple_writes_labels_in_groups_and_birthdays_without_a_year() {
        let contact = one(
            "BEGIN:VCARD\nVERSION:3.0\nN:Ott;Ida;;;\nFN:Ida Ott\nORG:Weser Stahl;\nitem1.TEL;type=pref:+49 40 55555\nitem1.X-ABLabel:_$!<Work>!$_\n\
             item2.TEL:+49 171 55555\nitem2.X-ABLabel:Mobil Büro\nitem3.EMAIL;type=INTERNET:i@o.example\nitem3.X-ABLabel:privat\n\
             X-SOCIALPROFILE;type=linkedin:https://www.linkedin.com/in/ida\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-03-05\nNOTE:kommt\\, wenn\\nnötig\n\
             item4.ADR;type=WORK:;;Weg 1\\nHof;Bremen;;28195;DE\nitem4.X-ABADR:de\nEND:VCARD\n",
        );
        assert_eq!(
            channels(&contact),
            [
                ("work_phone", "+49 40 55555"),
                ("mobile", "+49 171 55555"),
                ("home_mail", "i@o.example"),
                ("profile", "https://www.linkedin.com/in/ida"),
                ("address", "Weg 1\nHof\n28195 Bremen\nDE"),
            ]
        );
        assert_eq!(contact.data.birthday.map(|birthday| birthday.to_string()).as_deref(), Some("--03-05"));
        assert_eq!((contact.data.remark.as_str(), contact.left.len()), ("kommt, wenn\nnötig", 0));
    }

    #[test]
    fn version_4_has_numbers_as_addresses_and_languages() {
        let contact = one(
            "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Frau Prof. Dr. Kim von Ahn\r\nTEL;VALUE=uri;TYPE=\"voice,work\":tel:+49-40-77777\r\nLANG;PREF=1:de\r\n\
             BDAY:--0305\r\nCATEGORIES:Messe\r\nEND:VCARD\r\n",
        );
        assert_eq!(
            (contact.data.full_name().as_str(), contact.data.languages.as_slice()),
            ("Prof. Dr. Kim von Ahn", ["de".to_owned()].as_slice())
        );
        assert_eq!(channels(&contact), [("work_phone", "+49-40-77777")]);
        assert_eq!(contact.left, ["categories"]);
    }

    #[test]
    fn nothing_is_lost_of_what_is_no_card() {
        let reading = read(
            "rubbish\nBEGIN:VCARD\nVERSION:3.0\nORG:Only Company\nFN:Only Company\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Broken Off\n\
             BEGIN:VCARD\nVERSION:3.0\nFN:Jens Lohse\nEND:VCARD\nBEGIN:VCARD\nFN:At The End\n",
        );
        let rejected: Vec<(u64, &str)> = reading.rejected.iter().map(|rejected| (rejected.line, rejected.reason.as_str())).collect();
        assert_eq!(rejected, [(1, "not_a_card"), (2, "no_name"), (7, "unfinished"), (14, "unfinished")]);
        assert_eq!(
            reading.contacts.iter().map(|contact| (contact.line, contact.data.full_name())).collect::<Vec<_>>(),
            [(10, "Jens Lohse".to_owned())]
        );
    }
}
