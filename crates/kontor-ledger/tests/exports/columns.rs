//! Which columns are taken where headers are vague or wrong, by a made-up export with the columns of many programs.

use super::{Read, try_read};
use kontor_ledger::Error;
use kontor_ledger::column::Role;
use kontor_ledger::finding::Kind;
use kontor_ledger::options::Options;

/// A line of the made-up export. Money is in cents.
struct Line {
    invoice: i64,
    number: i64,
    customer: i64,
    article: i64,
    quantity: i64,
    price: i64,
    percent: i64,
}

impl Line {
    fn net(&self) -> i64 {
        self.quantity * self.price
    }

    fn name(&self) -> String {
        format!(
            "{} Stahl GmbH",
            ["Elbe", "Havel", "Spree", "Oder", "Saale", "Mulde", "Weser"][usize::try_from(self.customer).expect("small")]
        )
    }

    fn discount(&self) -> i64 {
        self.net() * self.percent / 100
    }
}

/// 24 invoices of one to four lines to seven customers, for eight articles.
fn lines() -> Vec<Line> {
    let prices = [1_250, 99, 7_495, 38_950, 249, 1_999, 15, 102_500];
    let mut lines = Vec::new();
    for invoice in 0..24 {
        for number in 0..=invoice % 4 {
            let article = (invoice * 5 + number * 3) % 8;
            let quantity = 1 + (invoice * 7 + number * 11) % 19;
            let price = prices[usize::try_from(article).expect("small")];
            lines.push(Line { invoice, number, customer: invoice * 3 % 7, article, quantity, price, percent: (invoice + number) % 4 * 5 });
        }
    }
    lines
}

fn money(cents: i64) -> String {
    format!("{}{}.{:02}", if cents < 0 { "-" } else { "" }, cents.abs() / 100, cents.abs() % 100)
}

fn of_invoice(line: &Line, of: fn(&Line) -> i64) -> i64 {
    lines().iter().filter(|other| other.invoice == line.invoice).map(of).sum()
}

/// A header with what stands below it.
type Column<'a> = (&'a str, fn(&Line) -> String);

const INVOICE: Column = ("Invoice No", |line| format!("R{}", 7000 + line.invoice));
const DATE: Column = ("Invoice Date", |line| format!("2026-{:02}-{:02}", 1 + line.invoice / 12, 1 + line.invoice % 12));
const CUSTOMER: Column = ("Customer No", |line| (10_000 + line.customer).to_string());
const NAME: fn(&Line) -> String = Line::name;
const ARTICLE: Column = ("Article No", |line| format!("A-{}", line.article));
const PIECES: fn(&Line) -> String = |line| line.quantity.to_string();
const OF_ONE: fn(&Line) -> String = |line| money(line.price);
const NET: fn(&Line) -> String = |line| money(line.net());
const TAX: fn(&Line) -> String = |line| money(line.net() * 19 / 100);
const GROSS: fn(&Line) -> String = |line| money(line.net() + line.net() * 19 / 100);

fn total() -> String {
    money(lines().iter().map(Line::net).sum())
}

fn export(columns: &[Column]) -> Result<Read, Error> {
    let row = |cells: Vec<String>| cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",");
    let headers = row(columns.iter().map(|column| column.0.to_owned()).collect());
    let rows = lines().iter().map(|line| row(columns.iter().map(|column| (column.1)(line)).collect())).collect::<Vec<_>>();
    try_read(format!("{headers}\n{}\n", rows.join("\n")).as_bytes(), &Options::default())
}

/// What an export with these columns comes to beside invoice, date and customer: the revenue, or `None` where the user is asked for the net amount.
fn revenue(columns: &[Column]) -> Option<String> {
    match export(&[&[INVOICE, DATE, CUSTOMER], columns].concat()) {
        Ok(read) => {
            assert_eq!(read.analysis.accounts.len(), 7, "{:?}", read.roles);
            Some(read.revenue())
        }
        Err(Error::MissingColumns { roles, .. }) => {
            assert_eq!(roles, [Role::NetAmount]);
            None
        }
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn headers_of_many_programs_name_their_role() {
    let number: fn(&Line) -> String = CUSTOMER.1;
    let with = |role: &str, values: fn(&Line) -> String, headers: &[&str]| {
        for &header in headers {
            let column = (header, values);
            let read = export(&match role {
                "net_amount" => vec![INVOICE, DATE, CUSTOMER, ARTICLE, column],
                "unit_price" => vec![INVOICE, DATE, CUSTOMER, ("Quantity", PIECES), column],
                "quantity" => vec![INVOICE, DATE, CUSTOMER, column, ("Unit Price", OF_ONE)],
                "date" => vec![INVOICE, column, CUSTOMER, ("Net Amount", NET)],
                "invoice_number" => vec![column, DATE, CUSTOMER, ("Net Amount", NET)],
                "account_number" | "account_name" => vec![INVOICE, DATE, column, ("Net Amount", NET)],
                _ => vec![INVOICE, DATE, CUSTOMER, ("Quantity", PIECES), ("Net Amount", NET), column],
            })
            .unwrap_or_else(|error| panic!("{header}: {error}"));
            assert_eq!(read.header(role), Some(header), "{:?}", read.roles);
            assert_eq!((read.revenue(), read.analysis.accounts.len()), (total(), 7), "{header}");
        }
    };
    let net = "Line Amount Excl. VAT|Net amount (excl. VAT)|Netto (ohne USt.)|Umsatz exkl. MwSt|Untaxed Amount|Betrag zzgl. 19 % MwSt|Total before tax|\
               Total Revenue|Total Sales|Gross Sales|Net Amt|Order Value|Invoice Value|Invoiced Amount|Billed Amount|Line Value|Row Total|Item Subtotal|\
               Extended Amt|Gesamtwert|Fakturawert|Net value in document currency|Weekly_Sales|Value|Total HT|Montant HT|Imponibile|Importe|Bedrag";
    with("net_amount", NET, &net.split('|').collect::<Vec<_>>());
    let price = "Unit Price Excl. VAT|Price per Unit|Selling Price|Sale Price|Preis/Einheit|Preis je Einheit|Einzelpr.|Listenpreis|Preis netto|EP netto|\
                 VK-Preis netto|Verkaufspreis netto|Netto je Stück|Price/Unit|Prix unitaire HT|Prezzo unitario";
    with("unit_price", OF_ONE, &price.split('|').collect::<Vec<_>>());
    let quantity = "Units Sold|Qty Ordered|Invoiced Qty|Delivered Qty|Pieces|pcs|Anzahl Stück|Anz.|Berechnete Menge|Quantité|Aantal";
    with("quantity", PIECES, &quantity.split('|').collect::<Vec<_>>());
    let date = "Created|Created (UTC)|Created On|ordertime|Issue Date|Bill Date|Purchase Date|Trans Date|Date of Sale|Ausstellungsdatum|Rechnung vom|\
                Fakt.dat.|Lieferdatum|Ship Date|Date facture";
    with("date", DATE.1, &date.split('|').collect::<Vec<_>>());
    with("date", |line| (DATE.1)(line).replace('-', ""), &["DateKey", "OrderDateKey"]);
    let invoice = "Invoice Nr|Inv No|Rechn.-Nr.|RechNr|BELNR|Verkaufsbeleg|Receipt No|Reference|Document|Billing Doc.|Auftrag Nr.|Transaction No|\
                   amazon-order-id|Order Key|N° facture";
    with("invoice_number", INVOICE.1, &invoice.split('|').collect::<Vec<_>>());
    let customer = "Kunde Nr.|Deb.-Nr.|Cust #|Client Code|Customer Account|Kontonr.|User ID|Store ID|Reseller|Dealer|Retailer|Ship-to|KUNWE|\
                    customer_unique_id|Source No.|Codice cliente|Klantnummer";
    with("account_number", number, &customer.split('|').collect::<Vec<_>>());
    with("account_number", |line| format!("einkauf{}@example.com", line.customer), &["Email", "E-Mail"]);
    with("account_name", NAME, &["Debitor", "Auftraggeber", "Sold To", "Reseller", "Unternehmen", "Raison sociale"]);
    with("line_cost", |line| money(line.net() * 6 / 10), &["Cost of Sales", "TotalProductCost", "Materialkosten", "Einkaufswert"]);
    with("unit_cost", |line| money(line.price * 6 / 10), &["EK/Stk", "EK je Stück"]);
}

#[test]
fn accounts_of_the_ledger_are_no_customers() {
    let ledger: fn(&Line) -> String = |line| [8400, 8300, 8125][usize::try_from(line.article % 3).expect("small")].to_string();
    let always: fn(&Line) -> String = |_| "800".to_owned();
    let amount = ("Net Amount", NET);
    for (columns, number, name) in [
        (vec![("Konto", ledger), ("Kunde", NAME), amount], None, Some("Kunde")),
        (vec![("Account", ledger), ("Customer", NAME), amount], None, Some("Customer")),
        (vec![("ContactName", NAME), ("AccountCode", always), amount], None, Some("ContactName")),
        (vec![("Client", always), ("Payer", CUSTOMER.1), amount], Some("Payer"), None),
        (vec![("Konto", always), ("Gegenkonto (ohne BU-Schlüssel)", CUSTOMER.1), amount], Some("Gegenkonto (ohne BU-Schlüssel)"), None),
        (vec![("Konto", CUSTOMER.1), ("Gegenkonto", always), ("Text", NAME), amount], Some("Konto"), None),
        (vec![("Debitor Nr.", CUSTOMER.1), ("Debitor", NAME), amount], Some("Debitor Nr."), Some("Debitor")),
        (vec![("Konto", CUSTOMER.1), ("Kunde", NAME), amount], Some("Konto"), Some("Kunde")),
        (vec![("Account", CUSTOMER.1), ("Customer", NAME), amount], Some("Account"), Some("Customer")),
        (
            vec![("Kundennr", CUSTOMER.1), ("Artikelnr", ARTICLE.1), ("Name", |line| format!("Rohr {}", line.article)), amount],
            Some("Kundennr"),
            None,
        ),
    ] {
        let read = export(&[&[INVOICE, DATE], columns.as_slice()].concat()).expect("read");
        assert_eq!((read.header("account_number"), read.header("account_name")), (number, name), "{:?}", read.roles);
        assert_eq!((read.revenue(), read.analysis.accounts.len()), (total(), 7), "{:?}", read.roles);
    }
}

#[test]
fn contacts_and_branches_stay_with_their_customer() {
    let contact: fn(&Line) -> String =
        |line| format!("{} {}", ["Anna", "Bert", "Cora"][usize::try_from(line.number % 3).expect("small")], line.name());
    let read = export(&[INVOICE, DATE, ("Account ID", CUSTOMER.1), ("Contact Name", contact), ("Net Amount", NET)]).expect("read");
    assert_eq!((read.header("account_number"), read.analysis.accounts.len()), (Some("Account ID"), 7));
    let read = export(&[INVOICE, DATE, ("Kundennr", CUSTOMER.1), ("Name", contact), ("Net Amount", NET)]).expect("read");
    assert_eq!((read.header("account_number"), read.analysis.accounts.len()), (Some("Kundennr"), 7));
}

#[test]
fn totals_of_invoices_are_not_those_of_their_lines() {
    let whole = Some(total());
    let (pieces, price) = (("Quantity", PIECES), ("Unit Price", OF_ONE));
    for header in ["Order Total", "Invoice Total", "Total", "Amount", "Rechnungsbetrag", "Netto"] {
        assert_eq!(revenue(&[pieces, price, (header, |line| money(of_invoice(line, Line::net)))]), whole, "{header}");
    }
    let first_only: fn(&Line) -> String = |line| if line.number == 0 { money(of_invoice(line, Line::net)) } else { String::new() };
    assert_eq!(revenue(&[pieces, price, ("Subtotal", first_only)]), whole);
    let with_tax: fn(&Line) -> String = |line| money(of_invoice(line, Line::net) * 119 / 100);
    assert_eq!(revenue(&[pieces, price, ("Total", with_tax)]), whole);
    assert_eq!(revenue(&[("Order Total", |line| money(of_invoice(line, Line::net)))]), None, "nothing tells what the lines are");
    let prices_with_tax: fn(&Line) -> String = |line| money(line.price * 119 / 100);
    assert_eq!(revenue(&[pieces, ("Price", prices_with_tax), ("Total net", |line| money(of_invoice(line, Line::net)))]), None);
}

#[test]
fn amounts_with_tax_are_no_net_amounts() {
    let (pieces, price, tax) = (("Quantity", PIECES), ("Unit price", OF_ONE), ("Tax", TAX));
    for header in ["Total", "Amount", "Total Amount", "Sales"] {
        assert_eq!(revenue(&[pieces, price, tax, (header, GROSS)]), Some(total()), "{header}");
        assert_eq!(revenue(&[tax, (header, GROSS)]), None, "{header}");
        assert_eq!(revenue(&[tax, (header, NET)]), Some(total()), "{header}");
        assert_eq!(revenue(&[tax, ("Warenkorb", NET), (header, GROSS)]), Some(total()), "{header}");
    }
    assert_eq!(revenue(&[("MwSt", TAX), ("Gesamtbetrag", GROSS)]), None);
    assert_eq!(revenue(&[("MwSt", TAX), ("Gesamtbetrag", GROSS), ("Nettobetrag", NET)]), Some(total()));
    assert_eq!(revenue(&[("Amount Including VAT", GROSS), ("Amount", NET)]), Some(total()));
    let price_with_tax: fn(&Line) -> String = |line| money(line.price * 119 / 100);
    let tax_of_it: fn(&Line) -> String = |line| money(line.quantity * (line.price * 119 / 100) * 19 / 119);
    assert_eq!(revenue(&[pieces, ("Price", price_with_tax), ("VAT", tax_of_it)]), None);
    assert_eq!(
        revenue(&[pieces, ("item-price", NET), ("item-tax", TAX)]),
        Some(total()),
        "the tax is that of the line, and so is the price"
    );
}

#[test]
fn prices_and_pieces_are_no_net_amounts() {
    let whole = Some(total());
    let weight: fn(&Line) -> String = |_| "1.50".to_owned();
    let days: fn(&Line) -> String = |_| "30".to_owned();
    for columns in [
        &[("Menge", PIECES), ("Netto", OF_ONE), ("Gesamt", NET)][..],
        &[("Menge", PIECES), ("Betrag", OF_ONE), ("Summe", NET)],
        &[("Menge", PIECES), ("Preis netto", OF_ONE), ("Gesamt brutto", GROSS)],
        &[("Amount", PIECES), ("Price", OF_ONE), ("Total", NET)],
        &[("Amount", PIECES), ("Unit Price", OF_ONE)],
        &[("Units", PIECES), ("Sales", PIECES), ("Revenue", NET)],
        &[("Net Weight", weight), ("Net Weight (kg)", weight), ("Quantity", PIECES), ("Unit Price", OF_ONE)],
        &[("Netto kg", weight), ("Wert", NET)],
        &[("Nettogewicht", weight), ("Zahlungsziel netto", days), ("Menge", PIECES), ("Einzelpreis", OF_ONE)],
        &[("Umsatz Vorjahr", days), ("Plan Umsatz", days), ("Umsatz", NET)],
        &[("Mengenrabatt", days), ("Nettobetrag", NET)],
        &[ARTICLE, ("Quantity", PIECES), ("NETAMOUNT", OF_ONE)],
        &[("Bestellmenge", days), ("Berechnete Menge", PIECES), ("Einzelpreis", OF_ONE)],
        &[("Quantity Ordered", days), ("Quantity Shipped", days), ("Quantity Invoiced", PIECES), ("Unit Price", OF_ONE)],
        &[("Quantity", days), ("Qty shipped", PIECES), ("Unit Price", OF_ONE), ("Amount", NET)],
    ] {
        assert_eq!(revenue(columns), whole, "{:?}", columns.iter().map(|column| column.0).collect::<Vec<_>>());
    }
}

#[test]
fn discounts_in_money_are_not_in_percent() {
    let (pieces, price) = (("Quantity", PIECES), ("Unit Price", OF_ONE));
    let reduced = Some(money(lines().iter().map(|line| line.net() - line.discount()).sum()));
    let percent: fn(&Line) -> String = |line| line.percent.to_string();
    let in_money: fn(&Line) -> String = |line| money(line.discount());
    let net: fn(&Line) -> String = |line| money(line.net() - line.discount());
    let near = |found: Option<String>| {
        let cents = |text: &str| text.replace('.', "").parse::<i64>().expect("money");
        let (found, known) = (found.expect("found"), reduced.clone().expect("known"));
        assert!((cents(&found) - cents(&known)).abs() < 100, "{found} {known}");
    };
    for header in ["Discount", "Discount %", "Rabatt", "Rabatt in Prozent", "Line Discount"] {
        near(revenue(&[pieces, price, (header, percent)]));
    }
    near(revenue(&[pieces, price, ("Discount", |line| format!("0.{:02}", line.percent))]));
    near(revenue(&[pieces, price, ("Discount %", percent), ("Discount Amount", in_money)]));
    for header in ["Rabatt EUR", "Rabattbetrag", "Discount Amount", "Line Discount Amount", "Total Discount", "Discount"] {
        assert_eq!(revenue(&[pieces, price, (header, in_money)]), None, "{header}");
        assert_eq!(revenue(&[pieces, price, (header, in_money), ("Net Amount", net)]), reduced, "{header}");
        assert_eq!(revenue(&[pieces, price, (header, |_| "0.00".to_owned())]), Some(total()), "{header}");
    }
    assert_eq!(revenue(&[pieces, price, ("Rabatt 1 %", percent), ("Rabatt 2 %", |_| "2".to_owned())]), None);
    let key: fn(&Line) -> String = |_| "10".to_owned();
    for header in ["Rabattgruppe", "DiscountID", "Discount Days", "Discount Code", "Cash Discount %", "Payment Discount"] {
        assert_eq!(revenue(&[pieces, price, (header, key)]), Some(total()), "{header}");
    }
    assert_eq!(revenue(&[pieces, price, ("Discount Factor", |line| format!("0.{:02}", 99 - line.percent))]), None);
    let less: fn(&Line) -> String = |line| money(line.price * (100 - line.percent) / 100);
    near(revenue(&[pieces, price, ("Net Price", less)]));
    near(revenue(&[pieces, price, ("Net Price", less), ("Discount", percent)]));
}

#[test]
fn a_price_for_a_hundred_is_none_of_one() {
    let hundred: fn(&Line) -> String = |_| "100".to_owned();
    let prices: fn(&Line) -> String = |line| money(line.price * 100);
    for header in ["Preiseinheit", "KPEIN", "priceunit"] {
        assert_eq!(revenue(&[("Menge", PIECES), ("Einzelpreis", prices), (header, hundred)]), None, "{header}");
        assert_eq!(revenue(&[("Menge", PIECES), ("Einzelpreis", prices), (header, hundred), ("Netto", NET)]), Some(total()), "{header}");
    }
}

#[test]
fn currencies_are_codes_or_signs() {
    let amount = ("Net Amount", NET);
    for (header, value) in [("CurrencyKey", "19"), ("CurrencyRateID", "4"), ("Currency Rate", "1.08")] {
        let columns: [Column; 5] = [INVOICE, DATE, CUSTOMER, amount, (header, |_| "VALUE".to_owned())];
        let rows = lines().iter().map(|line| columns.map(|column| (column.1)(line)).join(",").replace("VALUE", value)).collect::<Vec<_>>();
        let text = format!("{}\n{}\n", columns.map(|column| column.0).join(","), rows.join("\n"));
        let read = try_read(text.as_bytes(), &Options::default()).expect("read");
        assert_eq!((read.header("currency"), read.revenue()), (None, total()), "{header}");
    }
    let codes: [fn(&Line) -> String; 3] = [|_| "eur".to_owned(), |_| "US Dollar".to_owned(), |_| "978".to_owned()];
    for code in codes {
        let read = export(&[INVOICE, DATE, CUSTOMER, amount, ("Currency", code)]).expect("read");
        assert_eq!((read.header("currency"), read.analysis.report.stops.len()), (Some("Currency"), 0));
    }
    // What may be a currency and is not known must be told.
    let read = export(&[INVOICE, DATE, CUSTOMER, amount, ("Currency", |_| "Taler".to_owned())]).expect("read");
    assert_eq!(read.analysis.report.stops, [Kind::ManyRejected]);
}

#[test]
fn items_are_articles_unless_they_count_lines() {
    let article: fn(&Line) -> String = |line| (70_000 + line.article).to_string();
    let amount = ("Amount", NET);
    for header in ["Item No.", "Item Number"] {
        let read = export(&[INVOICE, DATE, CUSTOMER, (header, article), amount]).expect("read");
        assert_eq!((read.header("article_number"), read.header("line_number")), (Some(header), None));
        let read = export(&[INVOICE, DATE, CUSTOMER, (header, |line| ((line.number + 1) * 10).to_string()), amount]).expect("read");
        assert_eq!((read.header("article_number"), read.header("line_number")), (None, Some(header)));
    }
}

#[test]
fn ways_to_pay_are_no_kinds_of_document() {
    for (header, value) in [("Type", "Credit Card"), ("Transaction Type", "Cash")] {
        let payment: fn(&Line) -> String = if value == "Cash" { |_| "Cash".to_owned() } else { |_| "Credit Card".to_owned() };
        let read = export(&[INVOICE, DATE, CUSTOMER, ("Amount", NET), (header, payment)]).expect("read");
        assert_eq!((read.header("invoice_type"), read.revenue()), (None, total()), "{header}");
    }
}
