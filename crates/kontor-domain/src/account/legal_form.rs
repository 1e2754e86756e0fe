//! Legal forms at the end of company names.

/// Legal forms as they are written at the end of names, the longer before those they end with.
#[rustfmt::skip]
const FORMS: &[&str] = &[
    "GmbH & Co. KGaA", "SE & Co. KGaA", "AG & Co. KGaA", "GmbH & Co. KG", "GmbH & Co. OHG", "GmbH & Cie. KG", "AG & Co. KG", "SE & Co. KG",
    "UG (haftungsbeschränkt) & Co. KG", "UG & Co. KG", "mbH & Co. KG", "& Co. KG", "& Cie. KG", "UG (haftungsbeschränkt)", "Partnerschaftsgesellschaft mbB", "PartG mbB",
    "Stiftung & Co. KG", "gGmbH", "GmbH", "mbH", "KGaA", "PartG", "OHG", "oHG", "GbR", "e.K.", "e.Kfr.", "e.Kfm.", "eG", "e.G.", "e.V.", "AöR", "KdöR", "VVaG", "UG", "KG", "AG", "SE",
    "Ges.m.b.H.", "OG", "e.U.", "Sàrl", "Sagl", "Genossenschaft",
    "S.A.S.U.", "SASU", "S.A.S.", "SAS", "S.A.R.L.", "SARL", "S.à r.l.", "S.A.", "SA", "SNC", "EURL", "SCA",
    "S.r.l.", "Srl", "S.p.A.", "SpA", "S.n.c.", "S.L.U.", "S.L.", "SL", "Lda.",
    "B.V.", "BV", "N.V.", "NV", "V.O.F.", "C.V.", "BVBA", "SPRL", "SRL",
    "Sp. z o.o. sp.k.", "Sp. z o.o.", "Sp. k.", "sp.k.", "sp.j.", "s.r.o.", "spol. s r.o.", "a.s.", "k.s.", "v.o.s.", "d.o.o.", "d.d.", "Kft.", "Zrt.", "Nyrt.", "Bt.", "S.R.L.",
    "A/S", "ApS", "I/S", "K/S", "AB", "HB", "AS", "ASA", "Oy", "Oyj", "Ab", "ehf.", "hf.", "OÜ", "SIA", "UAB", "OOD", "EOOD", "AD", "EAD",
    "Ltd.", "Ltd", "Limited", "PLC", "plc", "LLP", "LLC", "Inc.", "Inc", "Corp.", "Corp", "Co., Ltd.", "Pty Ltd", "Pte. Ltd.", "L.P.", "LP",
    "A.Ş.", "Ltd. Şti.", "K.K.", "GmbH in Liquidation", "GmbH i. L.", "GmbH i.L.",
];

/// The legal form that a name ends with, as it is usually written; `None` without one.
pub fn of(name: &str) -> Option<&'static str> {
    split(name).1
}

/// A name without the legal form at its end, and that form.
pub fn split(name: &str) -> (&str, Option<&'static str>) {
    let name = name.trim();
    let found = FORMS.iter().filter_map(|form| Some((start_of(name, form)?, *form)));
    // The form that begins first is the whole one: “GmbH & Co. KG”, not “KG”.
    match found.min_by_key(|(start, _)| *start) {
        Some((start, form)) => (name[..start].trim_end().trim_end_matches(',').trim_end(), Some(form)),
        None => (name, None),
    }
}

/// Where a form begins at the end of a name, after a blank and something before it. Blanks and points may differ, and capitals in forms of three letters
/// and more.
fn start_of(name: &str, form: &str) -> Option<usize> {
    let mut rest = name.char_indices().rev().filter(|(_, c)| !is_passed_over(*c)).peekable();
    let letters = form.chars().filter(|c| c.is_alphabetic()).count();
    let same = |a: char, b: char| a == b || letters > 2 && a.to_lowercase().eq(b.to_lowercase());
    let mut start = name.len();
    for wanted in form.chars().rev().filter(|c| !is_passed_over(*c)) {
        let (place, found) = rest.next()?;
        if !same(found, wanted) {
            return None;
        }
        start = place;
    }
    let before = name[..start].chars().next_back()?;
    (before.is_whitespace() || before == ',').then_some(start)
}

const fn is_passed_over(c: char) -> bool {
    matches!(c, ' ' | '.' | '\u{a0}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_legal_form_is_found_at_the_end_of_a_name() {
        for (name, core, form) in [
            ("Elbe Maschinenbau GmbH", "Elbe Maschinenbau", Some("GmbH")),
            ("Söhnke & Söhne GmbH & Co. KG", "Söhnke & Söhne", Some("GmbH & Co. KG")),
            ("Söhnke GmbH & Co.KG", "Söhnke", Some("GmbH & Co. KG")),
            ("Norddeutsche Handelsgesellschaft mbH & Co. KG", "Norddeutsche Handelsgesellschaft", Some("mbH & Co. KG")),
            ("Norddeutsche Handelsgesellschaft mbH", "Norddeutsche Handelsgesellschaft", Some("mbH")),
            ("Söhnke gmbh", "Söhnke", Some("GmbH")),
            ("Söhnke & Cie. KG", "Söhnke", Some("& Cie. KG")),
            ("Weser e.K.", "Weser", Some("e.K.")),
            ("Weser e. K.", "Weser", Some("e.K.")),
            ("Rheintal Antriebe AG", "Rheintal Antriebe", Some("AG")),
            ("Stalobud Maszyny Sp. z o.o.", "Stalobud Maszyny", Some("Sp. z o.o.")),
            ("Egelund Maskinfabrik A/S", "Egelund Maskinfabrik", Some("A/S")),
            ("Acme, Inc.", "Acme", Some("Inc.")),
            ("Nordlicht Holding", "Nordlicht Holding", None),
            // The end of a word is not a legal form, and neither is a name that is nothing else.
            ("Verlag", "Verlag", None),
            ("Bauhaug", "Bauhaug", None),
            ("AG", "AG", None),
            ("", "", None),
        ] {
            assert_eq!(split(name), (core, form), "{name}");
        }
    }
}
