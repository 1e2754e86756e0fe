//! What stands in an event by its inner name, in the reader's words.

use chrono::NaiveDate;

use super::field_name;
use crate::web::format::Locale;
use crate::web::texts::Texts;

/// What was taken out, from `kind` or `kind: of what, days`; what cannot be read so stays as it is.
pub(super) fn exported(t: &Texts, locale: Locale, what: &str) -> String {
    let (kind, of) = what.split_once(": ").unwrap_or((what, ""));
    let Some(kind) = t.by_key(&format!("audit-export-{kind}")) else { return what.to_owned() };
    let of: Vec<String> = of.split(", ").filter(|part| !part.is_empty()).map(|part| days(locale, part)).collect();
    if of.is_empty() { kind } else { format!("{kind}: {}", of.join(", ")) }
}

/// Days as `from..to` in the reader's format; everything else as it is.
fn days(locale: Locale, part: &str) -> String {
    let read = |day: &str| day.parse::<NaiveDate>().ok().map(|day| locale.date(day));
    let both = part.split_once("..").and_then(|(from, to)| Some((read(from)?, read(to)?)));
    both.map_or_else(|| part.to_owned(), |(from, to)| format!("{from} – {to}"))
}

/// The header of a column of the list of accounts.
pub(super) fn column(t: &Texts, name: &str) -> String {
    match name {
        "rank" => t.valuation_rank(),
        "number" => t.valuation_number(),
        "name" => t.valuation_account(),
        "revenue" => t.valuation_revenue(),
        "share" => t.valuation_share(),
        "cumulative_share" => t.valuation_cumulative(),
        "class" => t.valuation_class(),
        "revenue_before" => t.valuation_before_of(t.valuation_revenue()),
        "difference" => t.portfolio_difference(),
        "growth" => t.valuation_growth(),
        "margin" => t.valuation_margin(),
        "margin_rate" => t.valuation_margin_rate(),
        "margin_class" => t.portfolio_margin_class(),
        "invoices" => t.portfolio_invoices_column(),
        "first" => t.portfolio_first(),
        "last" => t.portfolio_last(),
        "last_contact" => t.cadence_last(),
        "contact" => t.portfolio_contact(),
        field => field_name(t, field),
    }
}

#[cfg(test)]
mod tests {
    use kontor_domain::team::Language;

    use super::*;

    fn said(language: Language, what: &str) -> String {
        exported(Texts::of(language), Locale::of(language), what)
    }

    #[test]
    fn exports_are_named_in_the_readers_words() {
        assert_eq!(said(Language::De, "accounts"), "Kunden");
        assert_eq!(said(Language::En, "people: vCard"), "Contacts: vCard");
        let invoices = "invoices: Elbe, Weser & Co. KG, 2025-11-01..2026-10-31";
        assert_eq!(said(Language::De, invoices), "Rechnungen: Elbe, Weser & Co. KG, 01.11.2025 – 31.10.2026");
        assert_eq!(said(Language::En, invoices), "Invoices: Elbe, Weser & Co. KG, 1 Nov 2025 – 31 Oct 2026");
    }

    #[test]
    fn what_has_no_name_stays_as_it_is() {
        assert_eq!(said(Language::De, "merge"), "merge");
        assert_eq!(said(Language::De, "Zitat: a..b"), "Zitat: a..b");
    }

    #[test]
    fn columns_are_named_as_their_headers() {
        assert_eq!(column(Texts::of(Language::De), "city"), "Ort");
        assert_eq!(column(Texts::of(Language::En), "margin_rate"), "Margin rate");
        assert_eq!(column(Texts::of(Language::En), "custom.delivery"), "delivery");
    }
}
