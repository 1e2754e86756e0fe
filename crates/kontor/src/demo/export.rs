//! Invoices as a German ERP exports them: semicolons, Windows-1252, decimal comma, dd.mm.yyyy, German headers.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::Datelike;

use super::accounts::Account;
use super::articles::GROUPS;
use super::invoices::{Books, Document, Line};

/// The columns.
pub(super) const HEADER: [&str; 19] = [
    "Belegnummer",
    "Position",
    "Belegdatum",
    "Belegart",
    "Kundennummer",
    "Kunde",
    "Land",
    "PLZ",
    "Ort",
    "Branche",
    "Artikelnummer",
    "Bezeichnung",
    "Warengruppe",
    "Menge",
    "Einzelpreis",
    "Rabatt %",
    "Netto",
    "Einstandswert",
    "Währung",
];

/// Writes one file for each calendar year into the folder, which is made if need be; files of these names are replaced.
pub(super) fn write(dir: &Path, books: &Books) -> io::Result<Vec<PathBuf>> {
    fs::create_dir_all(dir)?;
    let mut paths = Vec::new();
    for documents in books.documents.chunk_by(|one, next| one.date.year() == next.date.year()) {
        let mut bytes = Vec::new();
        push_row(&mut bytes, &HEADER)?;
        for document in documents {
            push_document(&mut bytes, document, document.account.map(|index| &books.accounts[index]))?;
        }
        let path = dir.join(format!("Rechnungsausgang_{}.csv", documents[0].date.year()));
        fs::write(&path, bytes)?;
        paths.push(path);
    }
    Ok(paths)
}

fn push_document(bytes: &mut Vec<u8>, document: &Document, account: Option<&Account>) -> io::Result<()> {
    let date = document.date.format("%d.%m.%Y").to_string();
    let kind = if document.is_credit { "Gutschrift" } else { "Rechnung" };
    // Whoever buys at the counter in Bremen has no number, and nobody asked for the industry.
    let [number, name, country, postal_code, city, industry, currency] = match account {
        Some(account) => {
            let place = account.place;
            [&account.number, &account.name, place.country, place.postal_code, place.city, account.industry, account.currency()]
        }
        None => ["", "Barverkauf", "DE", "28195", "Bremen", "", "EUR"],
    };
    for (n, line) in document.lines.iter().enumerate() {
        let Line { article_number, article_name, .. } = line;
        push_row(
            bytes,
            &[
                &document.number,
                &(n + 1).to_string(),
                &date,
                kind,
                number,
                name,
                country,
                postal_code,
                city,
                industry,
                article_number,
                article_name,
                GROUPS[line.group],
                &line.quantity.to_string(),
                &german(line.unit_price_cents),
                &format!("{},0", line.discount_percent),
                &german(line.net_cents),
                &line.cost_cents.map(german).unwrap_or_default(),
                currency,
            ],
        )?;
    }
    Ok(())
}

fn push_row(bytes: &mut Vec<u8>, fields: &[&str]) -> io::Result<()> {
    for (n, field) in fields.iter().enumerate() {
        if n > 0 {
            bytes.push(b';');
        }
        if field.contains('"') || field.contains(';') {
            push_windows_1252(bytes, &format!("\"{}\"", field.replace('"', "\"\"")))?;
        } else {
            push_windows_1252(bytes, field)?;
        }
    }
    bytes.extend_from_slice(b"\r\n");
    Ok(())
}

/// In Windows-1252 the letters of western Europe are the first 256 of Unicode, but for 80 to 9F, which are not letters there.
fn push_windows_1252(bytes: &mut Vec<u8>, text: &str) -> io::Result<()> {
    if text.is_ascii() {
        bytes.extend_from_slice(text.as_bytes());
        return Ok(());
    }
    for c in text.chars() {
        let byte = u8::try_from(c).ok().filter(|byte| !(0x80..0xA0).contains(byte));
        let bad = || io::Error::new(io::ErrorKind::InvalidData, format!("“{c}” cannot be written in Windows-1252"));
        bytes.push(byte.ok_or_else(bad)?);
    }
    Ok(())
}

/// `-1.234,50`
fn german(cents: i64) -> String {
    let digits = (cents.unsigned_abs() / 100).to_string();
    let mut text = String::from(if cents < 0 { "-" } else { "" });
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text.push_str(&format!(",{:02}", cents.unsigned_abs() % 100));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_in_the_german_way() {
        for (cents, text) in
            [(0, "0,00"), (5, "0,05"), (-5, "-0,05"), (123_450, "1.234,50"), (-100_000_000, "-1.000.000,00"), (99_999, "999,99")]
        {
            assert_eq!(german(cents), text);
        }
    }

    fn row(fields: &[&str]) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        push_row(&mut bytes, fields).map(|()| bytes)
    }

    #[test]
    fn delimiters_and_quotes_are_quoted() {
        assert_eq!(row(&["a", "1/2\" x 5/16\"", "b;c", ""]).expect("a row"), b"a;\"1/2\"\" x 5/16\"\"\";\"b;c\";\r\n");
    }

    #[test]
    fn umlauts_take_one_byte_and_what_does_not_exist_there_is_an_error() {
        assert_eq!(row(&["Köln"]).expect("a row"), b"K\xF6ln\r\n");
        assert_eq!(row(&["Łódź"]).expect_err("an error").to_string(), "“Ł” cannot be written in Windows-1252");
        assert!(row(&["\u{85}"]).is_err());
    }
}
