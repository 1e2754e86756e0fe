//! What stands around a number: signs, brackets, units.

/// The unit that stands beside a number: a currency's sign or code, a percent sign, pieces; empty where there is none.
pub fn unit(text: &str) -> &str {
    // Asked of every amount, and hardly any has one.
    if let [b'-' | b'0'..=b'9', .., b'0'..=b'9'] | [b'0'..=b'9'] = text.as_bytes() {
        return "";
    }
    let mut rest = undressed(text.trim_matches(is_blank));
    while let Some((inner, _)) = signed(rest) {
        rest = inner.trim_matches(is_blank);
    }
    unit_apart(rest).0
}

/// What stands inside a sign, and whether that takes away: a minus on either side, brackets, or the side of an account behind the digits.
pub(super) fn signed(text: &str) -> Option<(&str, bool)> {
    let inside = ["-", "−", "–"].into_iter().find_map(|minus| text.strip_prefix(minus).or_else(|| text.strip_suffix(minus)));
    let inside = inside.or_else(|| text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')));
    if let Some(inside) = inside {
        return Some((inside, true));
    }
    let (digits, side) = text.split_at(text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len());
    match side {
        "CR" | "Cr" | "H" => Some((digits, true)),
        "DR" | "Dr" | "S" => Some((digits, false)),
        _ => None,
    }
}

/// Without what spreadsheets put around numbers to keep them as texts: `="1,5"`, `'1,5`.
pub(super) fn undressed(text: &str) -> &str {
    let formula = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    formula.or_else(|| text.strip_prefix('\'')).unwrap_or(text)
}

pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{a0}' || c == '\u{202f}'
}

/// What may stand beside a number, with any code of three capitals.
const UNITS: [&str; 25] = [
    "%", "€", "$", "£", "¥", "₹", "Fr.", "SFr.", "sFr.", "kr", "kr.", "zł", "Kč", "Euro", "US$", "R$", "A$", "C$", "Rs.", "Rs", "Stk",
    "Stk.", "Stück", "pcs", "pcs.",
];

/// A currency sign, a currency code, a percent sign or pieces on either end, and what is left without it.
pub(super) fn unit_apart(text: &str) -> (&str, &str) {
    let is_unit = |unit: &str| UNITS.contains(&unit) || (unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase()));
    let start = text.find(|c: char| c.is_ascii_digit() || "-+,(−–".contains(c)).unwrap_or(0);
    let before = text[..start].trim_matches(is_blank);
    if is_unit(before) {
        return (before, text[start..].trim_matches(is_blank));
    }
    let last = text.rfind(|c: char| c.is_ascii_digit() || "-)−".contains(c)).map_or("", |at| &text[at..]);
    let number = last.chars().next().map_or(0, char::len_utf8);
    // A separator right behind belongs to the number: “5,”.
    let end = text.len() - last.get(number..).unwrap_or_default().trim_start_matches(['.', ',']).len();
    let behind = text[end..].trim_matches(is_blank);
    if is_unit(behind) { (behind, text[..end].trim_matches(is_blank)) } else { ("", text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_stand_on_either_side() {
        for (text, expected) in [
            ("12,50", ""),
            ("-5", ""),
            ("7", ""),
            ("1.729,21 €", "€"),
            ("$(33,723.00)", "$"),
            ("(5,00 EUR)", "EUR"),
            ("CHF 3’735.30", "CHF"),
            ("5,00 EUR-", "EUR"),
            ("15 %", "%"),
            ("3 X", ""),
            ("", ""),
            ("abc", ""),
        ] {
            assert_eq!(unit(text), expected, "{text}");
        }
    }
}
