//! Numbers, money, shares and dates in the reader's format, and reading them back.
//!
//! Our own code and not ICU: Kontor speaks two languages, and these lines are less than the data ICU would add to the binary and to every build.

use chrono::{DateTime, Datelike, Local, NaiveDate, Utc};
use kontor_domain::person::Birthday;
use kontor_domain::settings::Currency;
use kontor_domain::team::Language;
use kontor_domain::{Amount, Month};

/// Between a number and its unit: a space that does not break.
const NBSP: char = '\u{a0}';
/// The real minus, as wide as a plus.
const MINUS: char = '\u{2212}';

/// How a language writes numbers and dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locale(Language);

/// What was typed cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotReadable;

impl Locale {
    /// The format of a language.
    pub const fn of(language: Language) -> Locale {
        Locale(language)
    }

    const fn is_german(self) -> bool {
        matches!(self.0, Language::De)
    }

    const fn point(self) -> char {
        if self.is_german() { ',' } else { '.' }
    }

    const fn group(self) -> char {
        if self.is_german() { '.' } else { ',' }
    }

    /// A whole number: `16.100`.
    pub fn integer(self, value: impl TryInto<i64>) -> String {
        let value = value.try_into().unwrap_or(i64::MAX);
        self.digits(value < 0, &value.unsigned_abs().to_string(), "")
    }

    /// A number as texts contain it: whole ones grouped, others with up to four decimals.
    pub fn decimal(self, value: f64) -> String {
        let text = format!("{:.4}", value.abs());
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        self.digits(value < 0.0, whole, decimals.trim_end_matches('0'))
    }

    /// An amount in whole units: `16.100.000`.
    pub fn amount(self, amount: Amount) -> String {
        self.fixed(amount, 0)
    }

    /// An amount with cents: `48.210,00`.
    pub fn cents(self, amount: Amount) -> String {
        self.fixed(amount, 2)
    }

    /// A quantity or rate with as many decimals as it has, at most four.
    pub fn quantity(self, amount: Amount) -> String {
        let raw = amount.raw().unsigned_abs();
        let decimals = format!("{:04}", raw % 10_000);
        self.digits(amount.is_negative(), &(raw / 10_000).to_string(), decimals.trim_end_matches('0'))
    }

    /// Money with cents and currency: `48.210,00 €`, `€48,210.00`.
    pub fn money(self, amount: Amount, currency: Currency) -> String {
        self.with_currency(&self.cents(amount), currency)
    }

    /// Money in few digits: `48,2 Mio. €`, `€48.2m`; whole units below ten thousand.
    pub fn compact(self, amount: Amount, currency: Currency) -> String {
        let text = self.with_currency(&self.short(amount), currency);
        // Thousands of euros are written T€, in one word.
        if self.is_german() { text.replace("T\u{a0}€", "T€") } else { text }
    }

    /// The same for the scale of a chart, without decimals that say nothing: `100 T€`, `1,5 Mio. €`, `0`.
    pub fn on_axis(self, amount: Amount, currency: Currency) -> String {
        if amount.is_zero() {
            return "0".to_owned();
        }
        let short = self.short(amount);
        let end = short.find(|c: char| !c.is_ascii_digit() && c != self.point() && c != self.group() && c != MINUS).unwrap_or(short.len());
        let (number, unit) = short.split_at(end);
        let number = if number.contains(self.point()) { number.trim_end_matches('0').trim_end_matches(self.point()) } else { number };
        let text = self.with_currency(&format!("{number}{unit}"), currency);
        if self.is_german() { text.replace("T\u{a0}€", "T€") } else { text }
    }

    /// An amount in few digits without currency, for the axes of charts: `48,2 Mio.`, `112 T`.
    pub fn short(self, amount: Amount) -> String {
        let units = amount.round_to_cents().abs().raw() / 10_000;
        let (divisor, german, english) = match units {
            999_500_000.. => (1_000_000_000, "Mrd.", "bn"),
            999_500.. => (1_000_000, "Mio.", "m"),
            10_000.. => (1_000, "T", "k"),
            _ => return self.amount(amount),
        };
        // Three digits that count: 1,23 Mio. · 12,3 Mio. · 123 Mio.
        let places = match units / divisor {
            100.. => 0,
            10.. => 1,
            _ => 2,
        };
        let step = 10_i64.pow(places);
        let scaled = (i128::from(units) * i128::from(step) + i128::from(divisor) / 2) / i128::from(divisor);
        let (whole, decimals) = (scaled / i128::from(step), scaled % i128::from(step));
        let decimals = if places == 0 { String::new() } else { format!("{decimals:0width$}", width = places as usize) };
        let digits = self.digits(amount.is_negative(), &whole.to_string(), &decimals);
        if self.is_german() { format!("{digits}{NBSP}{german}") } else { format!("{digits}{english}") }
    }

    fn with_currency(self, digits: &str, currency: Currency) -> String {
        let sign = match currency.code() {
            "EUR" => "€",
            "USD" => "$",
            "GBP" => "£",
            code => code,
        };
        if self.is_german() {
            return format!("{digits}{NBSP}{sign}");
        }
        let gap = if sign.chars().count() > 1 { String::from(NBSP) } else { String::new() };
        match digits.strip_prefix(MINUS) {
            Some(digits) => format!("{MINUS}{sign}{gap}{digits}"),
            None => format!("{sign}{gap}{digits}"),
        }
    }

    /// A share as percent: `19,4 %`, `19.4%`.
    pub fn percent(self, share: f64, decimals: usize) -> String {
        let percent = share * 100.0;
        let text = format!("{:.decimals$}", percent.abs());
        let is_zero = !text.contains(|c: char| c.is_ascii_digit() && c != '0');
        let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
        let digits = self.digits(percent < 0.0 && !is_zero, whole, rest);
        if self.is_german() { format!("{digits}{NBSP}%") } else { format!("{digits}%") }
    }

    /// A change in percent, with its sign: `+12,4 %`, `−4,1 %`, `0,0 %`.
    pub fn change(self, rate: f64, decimals: usize) -> String {
        let text = self.percent(rate, decimals);
        let is_zero = !text.contains(|c: char| c.is_ascii_digit() && c != '0');
        if rate > 0.0 && !is_zero { format!("+{text}") } else { text }
    }

    /// A change of an amount in whole units, with its sign: `+1.200`, `−300`, `0`.
    pub fn difference(self, amount: Amount) -> String {
        let text = self.amount(amount);
        if amount.is_positive() && text != "0" { format!("+{text}") } else { text }
    }

    /// A day: `31.12.2026`, `31 Dec 2026`.
    pub fn date(self, day: NaiveDate) -> String {
        if self.is_german() {
            day.format("%d.%m.%Y").to_string()
        } else {
            format!("{} {} {}", day.day(), ENGLISH[day.month0() as usize], day.year())
        }
    }

    /// An instant in the time zone of the machine: `23.11.2026, 11:00`.
    pub fn instant(self, at: DateTime<Utc>) -> String {
        let at = at.with_timezone(&Local);
        format!("{}, {}", self.date(at.date_naive()), at.format("%H:%M"))
    }

    /// A month: `Okt. 2026`, `Oct 2026`.
    pub fn month(self, month: Month) -> String {
        format!("{} {}", self.month_name(month), month.year())
    }

    /// A month without its year: `Okt.`, `Oct`.
    pub fn month_name(self, month: Month) -> &'static str {
        let names = if self.is_german() { &GERMAN } else { &ENGLISH };
        names[month.number() as usize - 1]
    }

    fn fixed(self, amount: Amount, decimals: u32) -> String {
        let unit = 10_i128.pow(4 - decimals);
        let raw = i128::from(amount.raw());
        let rounded = (raw.abs() + unit / 2) / unit;
        let step = 10_i128.pow(decimals);
        let rest = if decimals == 0 { String::new() } else { format!("{:0width$}", rounded % step, width = decimals as usize) };
        self.digits(raw < 0 && rounded > 0, &(rounded / step).to_string(), &rest)
    }

    fn digits(self, is_negative: bool, whole: &str, decimals: &str) -> String {
        let mut text = String::with_capacity(whole.len() + decimals.len() + 8);
        if is_negative {
            text.push(MINUS);
        }
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                text.push(self.group());
            }
            text.push(digit);
        }
        if !decimals.is_empty() {
            text.push(self.point());
            text.push_str(decimals);
        }
        text
    }

    /// Reads a day as typed: ISO everywhere, `31.12.2026` and `31.12.26` in German, `31 Dec 2026` or `31 December 2026` in English.
    pub fn parse_date(self, typed: &str) -> Result<NaiveDate, NotReadable> {
        let typed = typed.trim();
        let formats: &[&str] = if self.is_german() { &["%Y-%m-%d", "%d.%m.%y", "%d.%m.%Y"] } else { &["%Y-%m-%d", "%d %B %Y"] };
        let mut readings = formats.iter().filter_map(|format| NaiveDate::parse_from_str(typed, format).ok());
        readings.rfind(|day| (1900..=2200).contains(&day.year())).ok_or(NotReadable)
    }

    /// A birthday: `5. März 1970`, `5 March`; without its year where that is not known.
    pub fn birthday(self, birthday: Birthday) -> String {
        let (names, point) = if self.is_german() { (&GERMAN_MONTHS, ".") } else { (&ENGLISH_MONTHS, "") };
        let year = birthday.year().map(|year| format!(" {year}")).unwrap_or_default();
        format!("{}{point} {}{year}", birthday.day(), names[birthday.month() as usize - 1])
    }

    /// A birthday for an input field: `05.03.1970` or `05.03.` in German, `5 March 1970` or `5 March` in English.
    pub fn birthday_input(self, birthday: Birthday) -> String {
        match birthday.year() {
            _ if !self.is_german() => self.birthday(birthday),
            Some(year) => format!("{:02}.{:02}.{year}", birthday.day(), birthday.month()),
            None => format!("{:02}.{:02}.", birthday.day(), birthday.month()),
        }
    }

    /// Reads a birthday as typed: ISO and `--03-05` everywhere, `5.3.1970` and `5.3.` in German, `5 Mar 1970` and `5 Mar` in English.
    pub fn parse_birthday(self, typed: &str) -> Result<Birthday, NotReadable> {
        let typed = typed.trim();
        if let Ok(birthday) = typed.parse() {
            return Ok(birthday);
        }
        let parts: Vec<&str> = typed.split(['.', ' ']).map(str::trim).filter(|part| !part.is_empty()).collect();
        let (day, month, year) = match parts.as_slice() {
            [day, month] => (day, month, None),
            [day, month, year] if year.len() == 4 => (day, month, Some(year.parse().map_err(|_| NotReadable)?)),
            _ => return Err(NotReadable),
        };
        let names = if self.is_german() { &GERMAN_MONTHS } else { &ENGLISH_MONTHS };
        let lower = month.to_lowercase();
        let by_name =
            || (lower.chars().count() >= 3).then(|| names.iter().position(|name| name.to_lowercase().starts_with(&lower))).flatten();
        let month = match month.parse::<u32>() {
            Ok(month) if self.is_german() => month,
            Ok(_) => return Err(NotReadable),
            Err(_) => by_name().ok_or(NotReadable)? as u32 + 1,
        };
        Birthday::new(day.parse().map_err(|_| NotReadable)?, month, year).ok_or(NotReadable)
    }

    /// Reads an amount as typed: `1.234,5` in German, `1,234.5` in English; grouping may be left out, a plain point is a decimal point in both when no
    /// other reading is possible.
    pub fn parse_amount(self, typed: &str) -> Result<Amount, NotReadable> {
        let text: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
        let text = text.replace(MINUS, "-");
        let (group, point) = (self.group(), self.point());
        let (whole, decimals) = text.split_once(point).unwrap_or((&text, ""));
        let plain = if whole.contains(group) {
            let groups: Vec<&str> = whole.trim_start_matches('-').split(group).collect();
            let is_grouped = groups[0].len() <= 3 && !groups[0].is_empty() && groups[1..].iter().all(|digits| digits.len() == 3);
            match (is_grouped, groups.as_slice()) {
                (true, _) => format!("{}.{decimals}", whole.replace(group, "")),
                (false, [_, _]) if group == '.' && decimals.is_empty() => whole.to_owned(),
                _ => return Err(NotReadable),
            }
        } else {
            format!("{whole}.{decimals}")
        };
        plain.trim_end_matches('.').parse().map_err(|_| NotReadable)
    }
}

const GERMAN: [&str; 12] = ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."];
const ENGLISH: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const GERMAN_MONTHS: [&str; 12] =
    ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];
const ENGLISH_MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

#[cfg(test)]
mod tests {
    use super::*;

    const DE: Locale = Locale::of(Language::De);
    const EN: Locale = Locale::of(Language::En);

    fn amount(text: &str) -> Amount {
        text.parse().expect("a plain number")
    }

    #[test]
    fn amounts_are_grouped_and_rounded_half_away_from_zero() {
        for (plain, german, english) in [
            ("16100000", "16.100.000", "16,100,000"),
            ("999.5", "1.000", "1,000"),
            ("-0.4", "0", "0"),
            ("-1234.5", "−1.235", "−1,235"),
            ("0", "0", "0"),
        ] {
            assert_eq!((DE.amount(amount(plain)).as_str(), EN.amount(amount(plain)).as_str()), (german, english));
        }
        assert_eq!(DE.cents(amount("48210.005")), "48.210,01");
        assert_eq!(DE.cents(amount("-0.05")), "−0,05");
        assert_eq!(DE.quantity(amount("1234.5600")), "1.234,56");
        assert_eq!(DE.quantity(amount("7")), "7");
    }

    #[test]
    fn money_has_its_sign_where_the_language_puts_it() {
        let chf = "CHF".parse().expect("a currency");
        assert_eq!(DE.money(amount("48210"), Currency::EUR), "48.210,00\u{a0}€");
        assert_eq!(EN.money(amount("-48210"), Currency::EUR), "−€48,210.00");
        assert_eq!(EN.money(amount("5"), chf), "CHF\u{a0}5.00");
    }

    #[test]
    fn compact_money_shows_three_digits_that_count() {
        for (plain, german, english) in [
            ("48200000", "48,2\u{a0}Mio.", "48.2m"),
            ("999499", "999\u{a0}T", "999k"),
            ("999500", "1,00\u{a0}Mio.", "1.00m"),
            ("3141592", "3,14\u{a0}Mio.", "3.14m"),
            ("112400", "112\u{a0}T", "112k"),
            ("12400", "12,4\u{a0}T", "12.4k"),
            ("-9999", "−9.999", "−9,999"),
            ("1500000000", "1,50\u{a0}Mrd.", "1.50bn"),
        ] {
            assert_eq!((DE.short(amount(plain)).as_str(), EN.short(amount(plain)).as_str()), (german, english), "{plain}");
        }
        assert_eq!(EN.compact(amount("48200000"), Currency::EUR), "€48.2m");
    }

    #[test]
    fn shares_and_changes() {
        assert_eq!(DE.percent(0.194, 1), "19,4\u{a0}%");
        assert_eq!(EN.percent(-0.04, 0), "−4%");
        assert_eq!(DE.change(0.124, 1), "+12,4\u{a0}%");
        assert_eq!(DE.change(-0.041, 1), "−4,1\u{a0}%");
        assert_eq!(DE.change(-0.0001, 1), "0,0\u{a0}%");
        assert_eq!(DE.change(0.0001, 1), "0,0\u{a0}%");
        assert_eq!((DE.difference(amount("1200.4")).as_str(), DE.difference(amount("-300")).as_str()), ("+1.200", "−300"));
        assert_eq!(DE.difference(amount("0.4")), "0");
    }

    #[test]
    fn days_and_months() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 5).expect("a day");
        assert_eq!((DE.date(day).as_str(), EN.date(day).as_str()), ("05.03.2026", "5 Mar 2026"));
        assert_eq!((DE.month(Month::of(day)).as_str(), EN.month(Month::of(day)).as_str()), ("März 2026", "Mar 2026"));
    }

    #[test]
    fn typed_days_are_read_in_the_readers_format() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 5).expect("a day");
        for typed in ["05.03.2026", "5.3.26", " 2026-03-05 "] {
            assert_eq!(DE.parse_date(typed), Ok(day), "{typed}");
        }
        for typed in ["2026-03-05", "5 Mar 2026", "05 march 2026", &EN.date(day)] {
            assert_eq!(EN.parse_date(typed), Ok(day), "{typed}");
        }
        for typed in ["", "31.02.2026", "5.3.", "05/03/2026", "5.3.0026"] {
            assert_eq!(DE.parse_date(typed), Err(NotReadable), "{typed}");
        }
    }

    #[test]
    fn birthdays_are_written_and_read_with_or_without_their_year() {
        let (known, unknown) = (Birthday::new(5, 3, Some(1970)).expect("a day"), Birthday::new(29, 2, None).expect("a day"));
        assert_eq!((DE.birthday(known).as_str(), EN.birthday(known).as_str()), ("5. März 1970", "5 March 1970"));
        assert_eq!((DE.birthday(unknown).as_str(), EN.birthday(unknown).as_str()), ("29. Februar", "29 February"));
        for locale in [DE, EN] {
            for birthday in [known, unknown] {
                assert_eq!(locale.parse_birthday(&locale.birthday_input(birthday)), Ok(birthday));
                assert_eq!(locale.parse_birthday(&locale.birthday(birthday)), Ok(birthday));
            }
        }
        for typed in ["", "5", "31.02.", "5.3.70", "1.2.3.4", "5. Foo", "..", "99.99."] {
            assert_eq!(DE.parse_birthday(typed), Err(NotReadable), "{typed}");
        }
        assert_eq!(EN.parse_birthday("03.05."), Err(NotReadable), "day and month could be either");
    }

    #[test]
    fn typed_amounts_are_read_in_the_readers_format() {
        for (typed, plain) in
            [("1.234,5", "1234.5"), ("1234,5", "1234.5"), ("1.234", "1234"), ("0.92", "0.92"), ("−5", "-5"), ("1 234,50", "1234.5")]
        {
            assert_eq!(DE.parse_amount(typed), Ok(amount(plain)), "{typed}");
        }
        for (typed, plain) in [("1,234.5", "1234.5"), ("0.92", "0.92"), ("1,234", "1234")] {
            assert_eq!(EN.parse_amount(typed), Ok(amount(plain)), "{typed}");
        }
        for typed in ["", "abc", "1,2,3", "12.34.56", "1.23,4,5", ".", "1,234,5"] {
            assert!(DE.parse_amount(typed).is_err(), "{typed}");
        }
        assert!(EN.parse_amount("1,2").is_err());
    }
}
