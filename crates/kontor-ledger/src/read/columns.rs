//! Which column plays which role: by its header, by what its values are, and by arithmetic where both leave a doubt.

use std::collections::BTreeMap;

use super::value::{self, DateOrder, Decimal, Kind};
use crate::column::Role;

/// What the values of one column look like.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Values that are not empty.
    pub filled: usize,
    /// Values that are numbers in either format.
    pub numbers: usize,
    /// Values that are dates in any order.
    pub dates: usize,
    /// Values that can only be read with a decimal point, or only with a comma.
    pub decimal: [usize; 2],
    /// Values that can only be year-month-day, day-month-year, month-day-year.
    pub orders: [usize; 3],
    /// Dates that could be day-month or month-day.
    pub either_order: usize,
    /// Dates with points between their parts.
    pub dotted: usize,
    /// Values with a minus somewhere.
    pub negative: usize,
    /// Values with a currency sign.
    pub signs: usize,
    /// The first values.
    pub samples: Vec<String>,
}

impl Profile {
    /// Takes a value in.
    pub fn add(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.filled += 1;
        if self.samples.len() < 5 && !self.samples.iter().any(|sample| sample == text) {
            self.samples.push(text.chars().take(60).collect());
        }
        let as_point = value::parse_number(text, Decimal::Point).is_some();
        let as_comma = value::parse_number(text, Decimal::Comma).is_some();
        self.numbers += usize::from(as_point || as_comma);
        self.decimal[0] += usize::from(as_point && !as_comma);
        self.decimal[1] += usize::from(as_comma && !as_point);
        self.negative += usize::from((as_point || as_comma) && text.contains(['-', '(', '−']));
        self.signs += usize::from(text.contains(['€', '$', '£']));
        match value::date_evidence(text).as_slice() {
            [] => return,
            [DateOrder::YearMonthDay] => self.orders[0] += 1,
            [DateOrder::DayMonthYear] => self.orders[1] += 1,
            [DateOrder::MonthDayYear] => self.orders[2] += 1,
            _ => self.either_order += 1,
        }
        self.dates += 1;
        self.dotted += usize::from(text.contains('.') && !text.contains('/'));
    }

    /// What its values are. Eight digits are a number until a header says that they are a date.
    pub fn kind(&self) -> Kind {
        let most = |count: usize| count * 10 >= self.filled * 9;
        if self.filled == 0 {
            Kind::Empty
        } else if most(self.dates) && self.numbers < self.filled {
            Kind::Date
        } else if most(self.numbers) {
            Kind::Number
        } else if most(self.dates) {
            Kind::Date
        } else {
            Kind::Text
        }
    }

    /// The decimal separator; where no value decides, the file's habit.
    pub const fn decimal(&self, habit: Decimal) -> Decimal {
        let [point, comma] = self.decimal;
        if point > comma {
            Decimal::Point
        } else if comma > point {
            Decimal::Comma
        } else {
            habit
        }
    }

    /// The order of dates; where no value decides, points mean day first and strokes follow the file's habit.
    pub const fn order(&self, habit: Decimal) -> DateOrder {
        let [year, day, month] = self.orders;
        if year > day && year > month {
            DateOrder::YearMonthDay
        } else if day > month {
            DateOrder::DayMonthYear
        } else if month > day {
            DateOrder::MonthDayYear
        } else if self.either_order == 0 {
            DateOrder::YearMonthDay
        } else if self.dotted > 0 || matches!(habit, Decimal::Comma) {
            DateOrder::DayMonthYear
        } else {
            DateOrder::MonthDayYear
        }
    }

    /// True when dates could be read either way and nothing decides.
    pub const fn is_order_open(&self) -> bool {
        self.either_order > 0 && self.orders[1] == 0 && self.orders[2] == 0 && self.dotted == 0
    }
}

/// The names of each role, the likeliest first: German, English, SAP. A `~` in front: the header contains it.
const NAMES: [(Role, &[&str]); 21] = [
    (
        Role::InvoiceNumber,
        &[
            "rechnungsnr",
            "rechnungsnummer",
            "rechnungnr",
            "rechnungno",
            "belegnummer",
            "belegnr",
            "invoiceno",
            "invoicenumber",
            "invoice",
            "invoiceid",
            "rgnr",
            "renr",
            "vbeln",
            "fakturanummer",
            "faktura",
            "fakturanr",
            "rechnung",
            "documentnumber",
            "documentno",
            "docno",
            "beleg",
            "belegno",
            "salesorderid",
            "orderid",
            "ordernumber",
            "orderno",
            "auftragsnummer",
            "auftragsnr",
            "auftrag",
            "bestellnummer",
            "salesordernumber",
            "transactionid",
            "billno",
            "billingdocument",
            "salesdocument",
            "belegfeld1",
            "~invoice",
            "~rechnungsn",
            "~belegn",
        ],
    ),
    (
        Role::LineNumber,
        &[
            "position",
            "pos",
            "posnr",
            "positionsnr",
            "positionsnummer",
            "linenumber",
            "lineno",
            "line",
            "zeile",
            "zeilennr",
            "belegposition",
            "belegpos",
            "salesorderitem",
            "orderitemid",
            "orderlinenumber",
            "itemno",
            "itemnumber",
            "invoiceline",
            "rechnungsposition",
            "posno",
            "lineitem",
            "orderlineid",
        ],
    ),
    (
        Role::Date,
        &[
            "rechnungsdatum",
            "belegdatum",
            "invoicedate",
            "fkdat",
            "fakturadatum",
            "rgdatum",
            "redatum",
            "buchungsdatum",
            "postingdate",
            "documentdate",
            "billingdate",
            "orderdate",
            "datum",
            "date",
            "auftragsdatum",
            "orderpurchasetimestamp",
            "bldat",
            "budat",
            "transactiondate",
            "salesdate",
            "bestelldatum",
            "leistungsdatum",
            "createdat",
            "creationdate",
            "erdat",
            "timestamp",
            "~rechnungsdat",
            "~invoicedat",
            "~orderdat",
        ],
    ),
    (
        Role::AccountNumber,
        &[
            "kundennr",
            "kundennummer",
            "kundenno",
            "kdnr",
            "kundenid",
            "debitor",
            "debitorennr",
            "debitorennummer",
            "debitornr",
            "debitornummer",
            "customerid",
            "customernumber",
            "customerno",
            "custno",
            "custid",
            "accountnumber",
            "accountno",
            "kunnr",
            "kunag",
            "kunrg",
            "partnerid",
            "soldto",
            "soldtoparty",
            "auftraggeber",
            "customercode",
            "customerkey",
            "buyerid",
            "clientid",
            "accountid",
            "kontonummer",
            "konto",
            "~kundennr",
            "~kundennum",
            "~customerid",
            "~debitor",
        ],
    ),
    (
        Role::AccountName,
        &[
            "kunde",
            "kundenname",
            "firma",
            "customername",
            "customer",
            "name",
            "name1",
            "firmenname",
            "companyname",
            "company",
            "accountname",
            "account",
            "debitorname",
            "debitorenname",
            "kundenbezeichnung",
            "client",
            "clientname",
            "buyer",
            "shipname",
            "~kundenname",
            "~customername",
        ],
    ),
    (
        Role::Country,
        &["land", "country", "land1", "laendercode", "laenderkennzeichen", "countrycode", "landkz", "staat", "countryregion", "~country"],
    ),
    (Role::PostalCode, &["plz", "postleitzahl", "postalcode", "zip", "zipcode", "pstlz", "postcode", "~postalcode"]),
    (Role::City, &["ort", "stadt", "city", "town", "ort01", "wohnort", "~city"]),
    (Role::Industry, &["branche", "industry", "sector", "brsch", "wirtschaftszweig", "segment", "kundengruppe", "customergroup"]),
    (
        Role::ArticleNumber,
        &[
            "artikelnr",
            "artikelnummer",
            "artnr",
            "materialnummer",
            "material",
            "matnr",
            "articlenumber",
            "articleno",
            "articleid",
            "stockcode",
            "productid",
            "productcode",
            "productnumber",
            "sku",
            "itemcode",
            "produktnr",
            "produktnummer",
            "produktcode",
            "teilenummer",
            "partnumber",
            "partno",
            "artikelno",
        ],
    ),
    (
        Role::ArticleName,
        &[
            "artikelbezeichnung",
            "bezeichnung",
            "artikel",
            "artikelname",
            "articlename",
            "article",
            "description",
            "productname",
            "product",
            "item",
            "itemname",
            "maktx",
            "arktx",
            "produkt",
            "produktname",
            "artikeltext",
            "materialkurztext",
            "text",
            "beschreibung",
            "itemdescription",
        ],
    ),
    (
        Role::ProductGroup,
        &[
            "warengruppe",
            "produktgruppe",
            "artikelgruppe",
            "productgroup",
            "productline",
            "category",
            "productcategory",
            "matkl",
            "wgr",
            "sortiment",
            "kategorie",
            "warengrp",
            "hauptwarengruppe",
            "spart",
            "sparte",
            "subcategory",
            "articlegroup",
            "productfamily",
            "categoryname",
            "~warengruppe",
            "~productline",
        ],
    ),
    (
        Role::Quantity,
        &[
            "menge",
            "anzahl",
            "quantity",
            "qty",
            "fkimg",
            "stueck",
            "stueckzahl",
            "quantityordered",
            "orderquantity",
            "absatz",
            "units",
            "kwmeng",
            "quantitysold",
            "liefermenge",
            "~menge",
            "~quantity",
        ],
    ),
    (
        Role::UnitPrice,
        &[
            "einzelpreis",
            "preis",
            "vknetto",
            "unitprice",
            "price",
            "priceeach",
            "stueckpreis",
            "vkpreis",
            "vk",
            "epreis",
            "ep",
            "nettopreis",
            "kpreis",
            "salesprice",
            "listprice",
            "verkaufspreis",
            "unitnetprice",
            "preisproeinheit",
            "netprice",
            "kzwi1",
            "~einzelpreis",
            "~unitprice",
        ],
    ),
    (
        Role::DiscountPercent,
        &[
            "rabatt",
            "rabattprozent",
            "rabattsatz",
            "discount",
            "discountpercent",
            "discountpct",
            "discountrate",
            "rabattpct",
            "rabattp",
            "nachlass",
            "~rabatt",
            "~discount",
        ],
    ),
    (
        Role::NetAmount,
        &[
            "netto",
            "nettobetrag",
            "nettowert",
            "gesamtnetto",
            "netamount",
            "net",
            "netvalue",
            "nettoumsatz",
            "umsatz",
            "umsatznetto",
            "betrag",
            "betragnetto",
            "revenue",
            "sales",
            "amount",
            "netwr",
            "linetotal",
            "total",
            "lineamount",
            "nettosumme",
            "gesamt",
            "gesamtbetrag",
            "positionswert",
            "positionsbetrag",
            "netsales",
            "salesamount",
            "extendedprice",
            "zeilenbetrag",
            "warenwert",
            "erloes",
            "erloese",
            "turnover",
            "netrevenue",
            "wert",
            "invoiceamount",
            "umsatzeur",
            "umsatzineur",
            "nettoeur",
            "totalamount",
            "totalprice",
            "~netto",
            "~netamount",
            "~umsatz",
        ],
    ),
    (
        Role::UnitCost,
        &[
            "eknetto",
            "ek",
            "ekpreis",
            "einkaufspreis",
            "einstandspreis",
            "einstandspreisprostueck",
            "unitcost",
            "buyprice",
            "standardcost",
            "costprice",
            "stueckkosten",
            "herstellkostenprostueck",
            "purchaseprice",
            "gld",
            "vpr",
            "verpr",
            "stprs",
        ],
    ),
    (
        Role::LineCost,
        &[
            "einstandswert",
            "wareneinsatz",
            "linecost",
            "cost",
            "kosten",
            "cogs",
            "wavwr",
            "einstand",
            "herstellkosten",
            "ekwert",
            "ekgesamt",
            "totalcost",
            "costofgoods",
            "costofgoodssold",
            "selbstkosten",
            "hk",
            "wareneinstand",
            "costamount",
        ],
    ),
    (Role::Currency, &["waehrung", "currency", "waerk", "waers", "currencycode", "whrg", "wkz", "belegwaehrung", "waehrungsschluessel"]),
    (Role::Status, &["status", "orderstatus", "belegstatus", "auftragsstatus", "rechnungsstatus", "invoicestatus", "lifecyclestatus"]),
    (
        Role::InvoiceType,
        &[
            "belegart",
            "invoicetype",
            "documenttype",
            "rechnungsart",
            "fkart",
            "fakturaart",
            "doctype",
            "belegtyp",
            "transactiontype",
            "auart",
            "vorgangsart",
            "type",
            "typ",
        ],
    ),
];

/// Headers that look like a role and are not: amounts with tax, dates of something else.
const NOT: [&str; 22] = [
    "brutto",
    "gross",
    "steuer",
    "tax",
    "mwst",
    "ust",
    "vat",
    "lieferdatum",
    "delivery",
    "liefer",
    "faellig",
    "due",
    "changed",
    "geaendert",
    "shipdate",
    "versand",
    "shipping",
    "settled",
    "paperless",
    "freight",
    "fracht",
    "balance",
];

/// Letters and digits of a header in lower case, umlauts spelled out.
pub fn normalized(header: &str) -> String {
    let mut plain = String::with_capacity(header.len());
    for letter in header.chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' => plain.push_str("ae"),
            'ö' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'ß' => plain.push_str("ss"),
            letter if letter.is_alphanumeric() => plain.push(letter),
            _ => {}
        }
    }
    plain
}

/// How well a header names a role, 0–100.
pub fn name_score(header: &str, role: Role) -> u32 {
    let name = normalized(header);
    let Some((_, names)) = NAMES.iter().find(|(known, _)| *known == role) else { return 0 };
    if let Some(place) = names.iter().position(|known| *known == name) {
        return 100 - (place as u32).min(50);
    }
    if NOT.iter().any(|not| name.contains(not)) {
        return 0;
    }
    let is_part = names.iter().filter_map(|known| known.strip_prefix('~')).any(|part| name.contains(part));
    u32::from(is_part) * 30
}

/// True when the header names any role.
pub fn is_known_header(header: &str) -> bool {
    Role::ALL.into_iter().any(|role| name_score(header, role) >= 50)
}

/// What a role needs of the values: the points taken off (or `None`: impossible).
fn fits(role: Role, profile: &Profile, header: &str) -> Option<i64> {
    let kind = profile.kind();
    match role {
        Role::Date => match kind {
            Kind::Date => Some(0),
            Kind::Number if profile.dates * 10 >= profile.filled * 9 && profile.filled > 0 => Some(0),
            Kind::Empty => Some(-40),
            _ => None,
        },
        Role::Quantity | Role::UnitPrice | Role::DiscountPercent | Role::NetAmount | Role::UnitCost | Role::LineCost => match kind {
            Kind::Number => Some(0),
            Kind::Empty => Some(-40),
            // A column that is full of something else than numbers is rejected row by row only when its header is unmistakable.
            Kind::Text | Kind::Date => (profile.numbers * 2 > profile.filled || name_score(header, role) >= 98).then_some(-30),
        },
        Role::LineNumber => (kind == Kind::Number || kind == Kind::Empty).then_some(0),
        Role::AccountName | Role::City | Role::ArticleName | Role::Industry => match kind {
            Kind::Number | Kind::Date => Some(-45),
            Kind::Text | Kind::Empty => Some(0),
        },
        _ => match kind {
            Kind::Date if role != Role::Status => Some(-60),
            _ => Some(0),
        },
    }
}

/// Gives each column at most one role and each role at most one column, the surest first. `chosen` roles are the user's: their columns are out of the game,
/// and a role that was taken away stays away.
pub fn assign(headers: &[String], profiles: &[Profile], chosen: &BTreeMap<Role, Option<usize>>) -> BTreeMap<Role, usize> {
    let mut candidates: Vec<(i64, usize, Role)> = Vec::new();
    for (column, (header, profile)) in headers.iter().zip(profiles).enumerate() {
        for role in Role::ALL {
            let score = i64::from(name_score(header, role));
            if score == 0 || chosen.contains_key(&role) {
                continue;
            }
            if let Some(points) = fits(role, profile, header).map(|points| score + points).filter(|&points| points > 0) {
                candidates.push((points, column, role));
            }
        }
    }
    candidates.sort_by_key(|&(points, column, role)| (std::cmp::Reverse(points), column, role));
    let mut roles: BTreeMap<Role, usize> = chosen.iter().filter_map(|(&role, &column)| Some((role, column?))).collect();
    let mut taken: Vec<usize> = roles.values().copied().collect();
    for (_, column, role) in candidates {
        if !taken.contains(&column) && !roles.contains_key(&role) {
            roles.insert(role, column);
            taken.push(column);
        }
    }
    roles
}

/// Settles by arithmetic which numbers are price and net amount: where quantity × price (less discount) gives the net amount on nearly all samples, that is it.
///
/// `numbers` are the sample's columns as floats (absent where unreadable). Only columns the user did not choose are moved.
pub fn settle(roles: &mut BTreeMap<Role, usize>, numbers: &[Vec<Option<f64>>], is_free: impl Fn(Role) -> bool) {
    let (Some(&net), Some(&quantity)) = (roles.get(&Role::NetAmount), roles.get(&Role::Quantity)) else { return };
    let discount = roles.get(&Role::DiscountPercent).copied();
    let matches = |price: usize, net: usize| {
        let (mut seen, mut same) = (0, 0);
        for row in numbers {
            let (Some(quantity), Some(price), Some(net)) = (row[quantity], row[price], row[net]) else { continue };
            let discount = discount.and_then(|column| row[column]).unwrap_or(0.0);
            let product = quantity * price;
            seen += 1;
            same += usize::from(
                [product, product * (1.0 - discount / 100.0), product * (1.0 - discount)].iter().any(|value| (value - net).abs() < 0.011),
            );
        }
        seen > 0 && same * 10 >= seen * 9
    };
    if roles.get(&Role::UnitPrice).is_some_and(|&price| matches(price, net)) || !is_free(Role::UnitPrice) {
        return;
    }
    let width = numbers.first().map_or(0, Vec::len);
    if let Some(price) = (0..width).find(|&column| column != net && column != quantity && Some(column) != discount && matches(column, net))
    {
        if let Some(&cost) = roles.get(&Role::UnitCost)
            && cost == price
        {
            // The two were mistaken for each other.
            if let Some(old) = roles.get(&Role::UnitPrice).copied() {
                roles.insert(Role::UnitCost, old);
            } else {
                roles.remove(&Role::UnitCost);
            }
        }
        roles.retain(|_, column| *column != price);
        roles.insert(Role::UnitPrice, price);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(headers: &[&str], row: &[&str]) -> Vec<(&'static str, String)> {
        let names: Vec<String> = headers.iter().map(|&header| header.to_owned()).collect();
        let profiles: Vec<Profile> = row
            .iter()
            .map(|value| {
                let mut profile = Profile::default();
                profile.add(value);
                profile
            })
            .collect();
        assign(&names, &profiles, &BTreeMap::new()).into_iter().map(|(role, column)| (role.name(), names[column].clone())).collect()
    }

    fn has(found: &[(&str, String)], role: &str, header: &str) {
        assert!(found.iter().any(|(name, column)| *name == role && column == header), "{role} is not {header}: {found:?}");
    }

    #[test]
    fn german_headers() {
        let headers = [
            "Belegnummer",
            "Belegdatum",
            "Debitor",
            "Kunde",
            "Land",
            "Artikel",
            "Warengruppe",
            "Menge",
            "VK netto",
            "EK netto",
            "Gesamt netto",
            "Status",
        ];
        let row = ["1", "06.01.2003", "363", "Online Co.", "USA", "Roadster", "Cars", "49", "35,29", "21,75", "1.729,21 €", "Shipped"];
        let found = roles(&headers, &row);
        for (role, header) in [
            ("net_amount", "Gesamt netto"),
            ("unit_price", "VK netto"),
            ("unit_cost", "EK netto"),
            ("account_number", "Debitor"),
            ("account_name", "Kunde"),
            ("article_name", "Artikel"),
        ] {
            has(&found, role, header);
        }
    }

    #[test]
    fn sap_headers() {
        let headers = ["VBELN", "POSNR", "FKDAT", "KUNAG", "NAME1", "MATNR", "MATKL", "FKIMG", "NETWR", "WAERK", "WAVWR", "FKART"];
        let row = ["0090000001", "000010", "20260102", "0000100001", "Elbe", "R-1", "001", "5", "1000.00", "EUR", "700.00", "F2"];
        let found = roles(&headers, &row);
        for (role, header) in [
            ("date", "FKDAT"),
            ("net_amount", "NETWR"),
            ("line_cost", "WAVWR"),
            ("line_number", "POSNR"),
            ("invoice_type", "FKART"),
            ("quantity", "FKIMG"),
        ] {
            has(&found, role, header);
        }
    }

    #[test]
    fn english_headers_and_what_is_no_net_amount() {
        let headers =
            ["Order ID", "Order Date", "Ship Date", "Customer ID", "Customer Name", "City", "Postal Code", "Sales", "Gross Amount", "Tax"];
        let row = ["CA-1", "11/8/2016", "11/11/2016", "CG-1", "Claire", "Henderson", "42420", "261.96", "300", "38.04"];
        let found = roles(&headers, &row);
        for (role, header) in
            [("invoice_number", "Order ID"), ("date", "Order Date"), ("account_number", "Customer ID"), ("net_amount", "Sales")]
        {
            has(&found, role, header);
        }
        assert!(!found.iter().any(|(_, column)| column == "Gross Amount" || column == "Ship Date"));
    }

    #[test]
    fn arithmetic_tells_price_from_cost() {
        let mut roles = BTreeMap::from([(Role::Quantity, 0), (Role::UnitPrice, 2), (Role::UnitCost, 1), (Role::NetAmount, 3)]);
        let numbers = vec![vec![Some(2.0), Some(10.0), Some(6.0), Some(20.0)], vec![Some(3.0), Some(5.0), Some(4.0), Some(15.0)]];
        settle(&mut roles, &numbers, |_| true);
        assert_eq!((roles[&Role::UnitPrice], roles.get(&Role::UnitCost)), (1, Some(&2)));
    }
}
