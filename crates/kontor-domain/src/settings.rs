//! What a company sets once for all its figures.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::abc::Thresholds;
use crate::amount::Amount;
use crate::group::Level;
use crate::period::{Month, PeriodChoice};
use crate::sight::Visibility;

/// The settings of the whole house.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The company whose customers these are.
    pub company: String,
    /// The month in which the fiscal year starts, 1–12.
    pub fiscal_start: u32,
    /// The currency in which figures are shown, ISO 4217.
    pub currency: Currency,
    /// Where A and B end.
    pub thresholds: Thresholds,
    /// The period that pages open with.
    pub period: PeriodChoice,
    /// Who sees which accounts.
    #[serde(default)]
    pub visibility: Visibility,
    /// What counts as one customer on pages as they open.
    #[serde(default)]
    pub level: Level,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            company: String::new(),
            fiscal_start: 1,
            currency: Currency::EUR,
            thresholds: Thresholds::default(),
            period: PeriodChoice::default(),
            visibility: Visibility::default(),
            level: Level::default(),
        }
    }
}

/// A currency by its ISO 4217 code: three capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// The euro.
    pub const EUR: Currency = Currency(*b"EUR");

    /// The code: `EUR`.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The currency that a sign, code or common name in an invoice file stands for: `€`, `EUR`, `eur`, `978`, `Euro`, `$`, `£`, `CHF`.
    pub fn from_sign(text: &str) -> Option<Currency> {
        match text.trim() {
            "€" => Some(Currency::EUR),
            "$" | "US$" => Some(Currency(*b"USD")),
            "A$" => Some(Currency(*b"AUD")),
            "C$" => Some(Currency(*b"CAD")),
            "£" => Some(Currency(*b"GBP")),
            "¥" => Some(Currency(*b"JPY")),
            "zł" => Some(Currency(*b"PLN")),
            "Kč" => Some(Currency(*b"CZK")),
            "R$" => Some(Currency(*b"BRL")),
            "₹" | "Rs." | "Rs" => Some(Currency(*b"INR")),
            name => match name.to_lowercase().as_str() {
                "euro" | "euros" | "978" => Some(Currency::EUR),
                "us-dollar" | "us dollar" | "dollar" | "840" => Some(Currency(*b"USD")),
                "pfund" | "britisches pfund" | "british pound" | "pound sterling" | "826" => Some(Currency(*b"GBP")),
                "schweizer franken" | "franken" | "swiss franc" | "sfr" | "sfr." | "fr." | "chf." | "756" => Some(Currency(*b"CHF")),
                code => code.to_ascii_uppercase().parse().ok(),
            },
        }
    }

    /// The same where a sign that several countries use stands for the currency that is usual here, if that is one of theirs: `$` for the Canadian dollar in
    /// Canada. `kr` stands for none where no crown is usual.
    pub fn meant_by(text: &str, usual: Option<Currency>) -> Option<Currency> {
        let shared = SHARED.iter().find(|(sign, _)| *sign == text.trim()).map_or(&[][..], |(_, codes)| codes);
        usual.filter(|usual| shared.contains(&&usual.0)).or_else(|| Currency::from_sign(text))
    }

    /// Whether a sign says too little to tell which currency it stands for.
    pub fn is_ambiguous(text: &str, usual: Option<Currency>) -> bool {
        SHARED.iter().any(|(sign, _)| *sign == text.trim()) && Currency::meant_by(text, usual).is_none()
    }
}

/// Signs that several currencies share.
const SHARED: [(&str, &[&[u8; 3]]); 4] = [
    ("$", &[b"USD", b"CAD", b"AUD", b"NZD", b"SGD", b"HKD", b"TWD", b"MXN", b"CLP", b"COP", b"ARS"]),
    ("¥", &[b"JPY", b"CNY"]),
    ("kr", &[b"SEK", b"NOK", b"DKK", b"ISK"]),
    ("kr.", &[b"SEK", b"NOK", b"DKK", b"ISK"]),
];

impl std::fmt::Display for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.code())
    }
}

impl std::str::FromStr for Currency {
    type Err = String;

    fn from_str(text: &str) -> Result<Currency, String> {
        match text.as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Currency([a, b, c])),
            _ => Err(format!("not a currency: “{text}”; give three letters as in ISO 4217, such as EUR")),
        }
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> String {
        currency.code().to_owned()
    }
}

impl TryFrom<String> for Currency {
    type Error = String;
    fn try_from(text: String) -> Result<Currency, String> {
        text.parse()
    }
}

/// From a day on, one unit of `currency` is worth `rate` units of the house's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rate {
    /// First day it holds.
    pub from: NaiveDate,
    /// The foreign currency.
    pub currency: Currency,
    /// Units of the house's currency for one unit of the foreign one, in ten-thousandths.
    pub rate: Amount,
}

/// The rate at which a month's sum in a foreign currency is converted: the one in force on the month's last day, as with the monthly conversion
/// rates that the German tax authority publishes. `None` when no rate was in force by then: such amounts are unknown, not zero.
pub fn rate_of(rates: &[Rate], currency: Currency, month: Month) -> Option<Amount> {
    rates
        .iter()
        .filter(|rate| rate.currency == currency && rate.from <= month.last_day())
        .max_by_key(|rate| rate.from)
        .map(|rate| rate.rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_codes_are_currencies() {
        assert_eq!(Currency::from_sign("€"), Some(Currency::EUR));
        assert_eq!(Currency::from_sign(" chf ").map(String::from), Some("CHF".into()));
        for (name, code) in [("EURO", "EUR"), ("US-Dollar", "USD"), ("SFr.", "CHF"), ("978", "EUR"), ("A$", "AUD")] {
            assert_eq!(Currency::from_sign(name).map(String::from).as_deref(), Some(code));
        }
        assert_eq!([Currency::from_sign("DM"), Currency::from_sign("19")], [None, None]);
    }

    #[test]
    fn a_shared_sign_is_that_of_the_usual_currency() {
        let [usd, cad, sek] = ["USD", "CAD", "SEK"].map(|code| code.parse::<Currency>().expect("a currency"));
        for (sign, usual, meant) in [
            ("$", None, Some(usd)),
            ("$", Some(Currency::EUR), Some(usd)),
            ("$", Some(cad), Some(cad)),
            ("kr", Some(sek), Some(sek)),
            ("kr", Some(Currency::EUR), None),
            ("€", Some(cad), Some(Currency::EUR)),
        ] {
            assert_eq!(Currency::meant_by(sign, usual), meant, "{sign} {usual:?}");
        }
        assert!(Currency::is_ambiguous("kr.", Some(Currency::EUR)) && !Currency::is_ambiguous("kr.", Some(sek)));
        assert!(!Currency::is_ambiguous("%", None));
        assert!("eur".parse::<Currency>().is_err());
    }

    #[test]
    fn a_month_is_converted_at_the_rate_of_its_last_day() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let usd: Currency = "USD".parse().expect("a currency");
        let rate = |from: &str, rate: &str| Rate { from: day(from), currency: usd, rate: rate.parse().expect("a rate") };
        let rates = [rate("2026-03-31", "0.92"), rate("2026-01-01", "0.95")];
        let of = |at: &str| rate_of(&rates, usd, Month::of(day(at))).map(|rate| rate.to_string());
        assert_eq!(of("2025-12-31"), None);
        assert_eq!(of("2026-02-10"), Some("0.95".into()));
        assert_eq!(of("2026-03-01"), Some("0.92".into()));
        assert_eq!(rate_of(&rates, "GBP".parse().expect("a currency"), Month::of(day("2026-05-01"))), None);
    }
}
