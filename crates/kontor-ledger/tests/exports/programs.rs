//! Header rows of many programs with a few lines each.

use super::{Encoded, read, try_read};
use kontor_ledger::finding::Kind;
use kontor_ledger::options::Options;

/// An export and what must be found in it.
struct Export {
    program: &'static str,
    encoded: Encoded,
    text: &'static str,
    /// role=header, separated by blanks where headers have none, else by bars.
    roles: &'static str,
    revenue: &'static str,
    cost: &'static str,
    accounts: usize,
    days: (&'static str, &'static str),
}

const EXPORTS: &[Export] = &[
    Export {
        program: "a list with a customer's number under “Kunde”",
        encoded: Encoded::Windows1252,
        text: "Kunde;Name;Beleg;Datum;Artikel;Bezeichnung;Menge;Netto\r\n\
               10023;Müller & Söhne KG;4711;02.01.2026;A-100;Schraube M8;10;1.250,50\r\n\
               10023;Müller & Söhne KG;4711;02.01.2026;A-200;Mutter M8;5;99,00\r\n\
               10031;Elbe Stahl GmbH;4712;15.01.2026;A-100;Schraube M8;1;125,05-\r\n",
        roles: "account_number=Kunde account_name=Name invoice_number=Beleg date=Datum article_number=Artikel article_name=Bezeichnung quantity=Menge \
                net_amount=Netto",
        revenue: "1224.45",
        cost: "0.00",
        accounts: 2,
        days: ("2026-01-02", "2026-01-15"),
    },
    Export {
        program: "SAP, technical names",
        encoded: Encoded::Utf8,
        text: "VBELN\tPOSNR\tFKDAT\tKUNNR\tNAME1\tLAND1\tPSTLZ\tORT01\tMATNR\tARKTX\tMATKL\tFKIMG\tNETWR\tWAVWR\tWAERK\tFKART\n\
               0090000001\t000010\t20260102\t0000100001\tElbe Stahl\tDE\t01796\tPirna\tR-1\tRohr\t001\t5.000\t1000.00\t700.00\tEUR\tF2\n\
               0090000001\t000020\t20260102\t0000100001\tElbe Stahl\tDE\t01796\tPirna\tR-2\tBogen\t001\t2.000\t50.00\t20.00\tEUR\tF2\n\
               0090000002\t000010\t20260115\t0000100002\tHavel\tDE\t14467\tPotsdam\tR-1\tRohr\t001\t1.000\t200.00-\t140.00-\tEUR\tG2\n",
        roles: "invoice_number=VBELN line_number=POSNR date=FKDAT account_number=KUNNR account_name=NAME1 country=LAND1 postal_code=PSTLZ city=ORT01 \
                article_number=MATNR article_name=ARKTX product_group=MATKL quantity=FKIMG net_amount=NETWR line_cost=WAVWR currency=WAERK \
                invoice_type=FKART",
        revenue: "850.00",
        cost: "580.00",
        accounts: 2,
        days: ("2026-01-02", "2026-01-15"),
    },
    Export {
        program: "SAP, a printed list with ruled lines and headers on every page",
        encoded: Encoded::Windows1252,
        text: "Fakturen 01.01.2026 - 31.01.2026\r\n\
               ---------------------------------------------------------------------\r\n\
               |Faktura   |Position|Fakturadatum|Auftraggeber|Name 1    |Nettowert |Verrechnungswert|Währg|\r\n\
               ---------------------------------------------------------------------\r\n\
               |90000001  |10      |02.01.2026  |100001      |Elbe Stahl|  1.000,00|          700,00|EUR  |\r\n\
               |90000001  |20      |02.01.2026  |100001      |Elbe Stahl|     50,00|           20,00|EUR  |\r\n\
               |Faktura   |Position|Fakturadatum|Auftraggeber|Name 1    |Nettowert |Verrechnungswert|Währg|\r\n\
               |90000002  |10      |15.01.2026  |100002      |Havel     |    200,00-|         140,00-|EUR  |\r\n\
               ---------------------------------------------------------------------\r\n",
        roles: "invoice_number=Faktura|line_number=Position|date=Fakturadatum|account_number=Auftraggeber|account_name=Name 1|net_amount=Nettowert|\
                line_cost=Verrechnungswert",
        revenue: "850.00",
        cost: "580.00",
        accounts: 2,
        days: ("2026-01-02", "2026-01-15"),
    },
    Export {
        program: "SAP, English texts",
        encoded: Encoded::Utf16,
        text: "Billing Document\tItem\tBilling Date\tSold-to party\tName\tMaterial\tMaterial Group\tBilled Quantity\tNet Value\tCost\tDocument Currency\tBilling Type\n\
               90000001\t10\t01/13/2026\t100001\tElbe Stahl\tR-1\tPipes\t5\t1,000.00\t700.00\tUSD\tF2\n\
               90000001\t20\t01/13/2026\t100001\tElbe Stahl\tR-2\tBends\t20\t500.00\t200.00\tUSD\tF2\n",
        roles: "invoice_number=Billing Document|line_number=Item|date=Billing Date|account_number=Sold-to party|account_name=Name|\
                article_number=Material|product_group=Material Group|quantity=Billed Quantity|net_amount=Net Value|line_cost=Cost|\
                currency=Document Currency|invoice_type=Billing Type",
        revenue: "1500.00",
        cost: "900.00",
        accounts: 1,
        days: ("2026-01-13", "2026-01-13"),
    },
    Export {
        program: "SAP S/4HANA views",
        encoded: Encoded::Utf8,
        text: "BillingDocument,BillingDocumentItem,BillingDocumentDate,SoldToParty,SoldToPartyName,Product,BillingQuantity,NetAmount,CostAmount,TransactionCurrency\n\
               90000001,10,2026-01-02,100001,\"Elbe, Stahl\",R-1,5,1000.00,700.00,EUR\n\
               90000002,10,2026-01-03,100002,Havel,R-2,1,10.50,7.25,EUR\n",
        roles: "invoice_number=BillingDocument line_number=BillingDocumentItem date=BillingDocumentDate account_number=SoldToParty \
                account_name=SoldToPartyName article_number=Product quantity=BillingQuantity net_amount=NetAmount line_cost=CostAmount \
                currency=TransactionCurrency",
        revenue: "1010.50",
        cost: "707.25",
        accounts: 2,
        days: ("2026-01-02", "2026-01-03"),
    },
    Export {
        program: "SAP Business One",
        encoded: Encoded::Utf8,
        text: "DocNum,LineNum,DocDate,CardCode,CardName,ItemCode,Dscription,Quantity,Price,DiscPrcnt,LineTotal,GrossBuyPr,Currency\n\
               501,0,20260102,C20000,Elbe Stahl,I-1,Pipe,4,25.00,10,90.00,15.00,EUR\n\
               501,1,20260102,C20000,Elbe Stahl,I-2,Bend,2,10.00,0,20.00,6.00,EUR\n",
        roles: "invoice_number=DocNum line_number=LineNum date=DocDate account_number=CardCode account_name=CardName article_number=ItemCode \
                article_name=Dscription quantity=Quantity unit_price=Price discount_percent=DiscPrcnt net_amount=LineTotal unit_cost=GrossBuyPr",
        revenue: "110.00",
        cost: "72.00",
        accounts: 1,
        days: ("2026-01-02", "2026-01-02"),
    },
    Export {
        program: "DATEV, customers' accounts with sides",
        encoded: Encoded::Windows1252,
        text: "Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Konto;Gegenkonto (ohne BU-Schlüssel);Belegdatum;Belegfeld 1;Buchungstext\r\n\
               1.190,00;S;EUR;10001;8400;02.01.2026;RE-1;Elbe Stahl\r\n\
               595,50;S;EUR;10002;8400;03.01.2026;RE-2;Havel\r\n\
               100,00;H;EUR;10001;8400;04.01.2026;GS-1;Elbe Stahl\r\n",
        roles: "net_amount=Umsatz (ohne Soll/Haben-Kz)|debit_credit=Soll/Haben-Kennzeichen|currency=WKZ Umsatz|account_number=Konto|date=Belegdatum|\
                invoice_number=Belegfeld 1",
        revenue: "1685.50",
        cost: "0.00",
        accounts: 2,
        days: ("2026-01-02", "2026-01-04"),
    },
    Export {
        program: "postings to revenue accounts, which stand in credit",
        encoded: Encoded::Utf8,
        text: "Buchungsdatum;Belegnummer;Debitor;S/H;Betrag\n\
               02.01.2026;1;10001;H;100,00\n02.01.2026;2;10001;H;50,00\n05.01.2026;3;10002;S;20,00\n",
        roles: "date=Buchungsdatum invoice_number=Belegnummer account_number=Debitor debit_credit=S/H net_amount=Betrag",
        revenue: "130.00",
        cost: "0.00",
        accounts: 2,
        days: ("2026-01-02", "2026-01-05"),
    },
    Export {
        program: "sides beside amounts that have their sign",
        encoded: Encoded::Utf8,
        text: "Buchungsdatum;Belegnummer;Debitor;S/H;Betrag\n02.01.2026;1;10001;S;100,00\n05.01.2026;3;10002;H;-20,00\n",
        roles: "date=Buchungsdatum net_amount=Betrag",
        revenue: "80.00",
        cost: "0.00",
        accounts: 2,
        days: ("2026-01-02", "2026-01-05"),
    },
    Export {
        program: "Lexware",
        encoded: Encoded::Windows1252,
        text: "Belegnr;Belegdatum;Kundennr;Matchcode;Firma;PLZ;Ort;Pos;Artikelnr;Bezeichnung;Menge;VK Preis;Gesamt netto;EK Preis;Gesamt brutto\r\n\
               RE260001;02.01.26;10001;ELBE;Elbe Stahl GmbH;01796;Pirna;1;100;Rohr 2\";3;12,50 €;37,50 €;8,00 €;44,63 €\r\n\
               RE260001;02.01.26;10001;ELBE;Elbe Stahl GmbH;01796;Pirna;2;200;Bögen;10;1,00 €;10,00 €;0,40 €;11,90 €\r\n",
        roles: "invoice_number=Belegnr|date=Belegdatum|account_number=Kundennr|account_name=Firma|postal_code=PLZ|city=Ort|line_number=Pos|\
                article_number=Artikelnr|article_name=Bezeichnung|quantity=Menge|unit_price=VK Preis|net_amount=Gesamt netto|unit_cost=EK Preis",
        revenue: "47.50",
        cost: "28.00",
        accounts: 1,
        days: ("2026-01-02", "2026-01-02"),
    },
    Export {
        program: "Sage",
        encoded: Encoded::Utf8WithMark,
        text: "Belegnummer;Belegdatum;Kto;A0Name1;Adressnummer;Artikelnummer;Bezeichnung1;Artikelgruppe;Menge;Einzelpreis;Rabatt %;Gesamtpreis;Mittlerer EK;Wkz\n\
               2026-10001;31.01.2026;D10000;Elbe Stahl GmbH;17;4711;Rohr;Rohre;4,00;10,0000;5,00;38,00;6,10;EUR\n\
               2026-10002;31.01.2026;D10001;Havel KG;18;4712;Bogen;Bögen;1,00;7,5000;0,00;7,50;5,00;EUR\n",
        roles: "invoice_number=Belegnummer|date=Belegdatum|account_number=Kto|account_name=A0Name1|article_number=Artikelnummer|article_name=Bezeichnung1|\
                product_group=Artikelgruppe|quantity=Menge|unit_price=Einzelpreis|discount_percent=Rabatt %|net_amount=Gesamtpreis|\
                unit_cost=Mittlerer EK|currency=Wkz",
        revenue: "45.50",
        cost: "29.40",
        accounts: 2,
        days: ("2026-01-31", "2026-01-31"),
    },
    Export {
        program: "Business Central, English",
        encoded: Encoded::Utf8,
        text: "Document No.,Line No.,Posting Date,Sell-to Customer No.,Bill-to Customer No.,Sell-to Customer Name,Type,No.,Description,Quantity,Unit Price,Line Discount %,Amount,Amount Including VAT,Unit Cost (LCY),Currency Code\n\
               103001,10000,1/13/2026,10000,10000,Elbe Stahl,Item,1896-S,Desk,2,100.00,0,200.00,238.00,60.00,EUR\n\
               103001,20000,1/13/2026,10000,10000,Elbe Stahl,Item,1900-S,Chair,10,20.00,10,180.00,214.20,12.00,EUR\n",
        roles: "invoice_number=Document No.|line_number=Line No.|date=Posting Date|account_number=Sell-to Customer No.|\
                account_name=Sell-to Customer Name|article_number=No.|article_name=Description|quantity=Quantity|unit_price=Unit Price|\
                discount_percent=Line Discount %|net_amount=Amount|unit_cost=Unit Cost (LCY)|currency=Currency Code",
        revenue: "380.00",
        cost: "240.00",
        accounts: 1,
        days: ("2026-01-13", "2026-01-13"),
    },
    Export {
        program: "Business Central, German",
        encoded: Encoded::Utf8,
        text: "Belegnr.;Zeilennr.;Buchungsdatum;Verk. an Deb.-Nr.;Nr.;Beschreibung;Menge;VK-Preis;Zeilenrabatt %;Zeilenbetrag;Einstandspreis (MW)\n\
               VR-1001;10000;13.01.26;D00010;1896-S;Schreibtisch;2;100,00;0;200,00;60,00\n",
        roles: "invoice_number=Belegnr.|line_number=Zeilennr.|date=Buchungsdatum|account_number=Verk. an Deb.-Nr.|article_number=Nr.|\
                article_name=Beschreibung|quantity=Menge|unit_price=VK-Preis|discount_percent=Zeilenrabatt %|net_amount=Zeilenbetrag|\
                unit_cost=Einstandspreis (MW)",
        revenue: "200.00",
        cost: "120.00",
        accounts: 1,
        days: ("2026-01-13", "2026-01-13"),
    },
    Export {
        program: "Odoo, texts",
        encoded: Encoded::Utf8,
        text: "Number,Invoice/Bill Date,Partner,Invoice lines/Product,Invoice lines/Quantity,Invoice lines/Unit Price,Invoice lines/Discount (%),Invoice lines/Subtotal,Currency,Status\n\
               INV/2026/00001,2026-01-02,Elbe Stahl,[FURN-1] Desk,2.0,100.0,0.0,200.0,EUR,Posted\n\
               INV/2026/00002,2026-02-02,Havel,[FURN-2] Chair,4.0,20.0,25.0,60.0,EUR,Posted\n",
        roles: "invoice_number=Number|date=Invoice/Bill Date|account_name=Partner|article_name=Invoice lines/Product|\
                quantity=Invoice lines/Quantity|unit_price=Invoice lines/Unit Price|discount_percent=Invoice lines/Discount (%)|\
                net_amount=Invoice lines/Subtotal|currency=Currency|status=Status",
        revenue: "260.00",
        cost: "0.00",
        accounts: 2,
        days: ("2026-01-02", "2026-02-02"),
    },
    Export {
        program: "Odoo, technical names",
        encoded: Encoded::Utf8,
        text: "move_id,invoice_date,partner_id,product_id,quantity,price_unit,discount,price_subtotal,currency_id,state,move_type\n\
               INV/1,2026-01-02,Elbe Stahl,Desk A,2.0,100.0,0.0,200.0,EUR,posted,out_invoice\n\
               RINV/1,2026-01-09,Elbe Stahl,Desk A,-1.0,100.0,0.0,-100.0,EUR,posted,out_refund\n",
        roles: "invoice_number=move_id date=invoice_date account_number=partner_id article_number=product_id quantity=quantity unit_price=price_unit \
                discount_percent=discount net_amount=price_subtotal currency=currency_id status=state invoice_type=move_type",
        revenue: "100.00",
        cost: "0.00",
        accounts: 1,
        days: ("2026-01-02", "2026-01-09"),
    },
    Export {
        program: "WooCommerce",
        encoded: Encoded::Utf8,
        text: "Order Number,Order Status,Order Date,Customer User ID,Company (Billing),Country Code (Billing),Postcode (Billing),City (Billing),City (Shipping),SKU,Item Name,Quantity (- Refund),Item Cost,Order Line Subtotal\n\
               1001,completed,2026-01-02 08:26,7,Elbe Stahl,DE,01796,Pirna,Dresden,S-1,Desk,2,100.00,200.00\n\
               1002,refunded,2026-01-03 18:01,8,Havel,DE,14467,Potsdam,Potsdam,S-2,Chair,1,20.00,20.00\n",
        roles: "invoice_number=Order Number|status=Order Status|date=Order Date|account_number=Customer User ID|account_name=Company (Billing)|\
                country=Country Code (Billing)|postal_code=Postcode (Billing)|city=City (Billing)|article_number=SKU|article_name=Item Name|\
                quantity=Quantity (- Refund)|unit_price=Item Cost|net_amount=Order Line Subtotal",
        revenue: "220.00",
        cost: "0.00",
        accounts: 2,
        days: ("2026-01-02", "2026-01-03"),
    },
    Export {
        program: "Xero",
        encoded: Encoded::Utf8,
        text: "ContactName,InvoiceNumber,InvoiceDate,DueDate,InventoryItemCode,Description,Quantity,UnitAmount,Discount,LineAmount,TaxAmount,Currency,Type,Status\n\
               Elbe Stahl,INV-1,13/01/2026,13/02/2026,D1,Desk,2,100.00,,200.00,40.00,GBP,Sales invoice,Paid\n\
               Elbe Stahl,CN-1,14/01/2026,14/02/2026,D1,Desk,-1,100.00,,-100.00,-20.00,GBP,Sales credit note,Paid\n",
        roles: "account_name=ContactName invoice_number=InvoiceNumber date=InvoiceDate article_number=InventoryItemCode article_name=Description \
                quantity=Quantity unit_price=UnitAmount discount_percent=Discount net_amount=LineAmount currency=Currency invoice_type=Type status=Status",
        revenue: "100.00",
        cost: "0.00",
        accounts: 1,
        days: ("2026-01-13", "2026-01-14"),
    },
    Export {
        program: "QuickBooks",
        encoded: Encoded::Utf8,
        text: "Date,Transaction Type,Num,Customer,Product/Service,Memo/Description,Qty,Sales Price,Amount,Balance\n\
               01/13/2026,Invoice,1037,Elbe Stahl,Desk,Oak desk,2,100.00,200.00,200.00\n\
               01/14/2026,Credit Memo,1038,Elbe Stahl,Desk,Oak desk,-1,100.00,-100.00,100.00\n",
        roles: "date=Date|invoice_type=Transaction Type|invoice_number=Num|account_name=Customer|quantity=Qty|unit_price=Sales Price|net_amount=Amount",
        revenue: "100.00",
        cost: "0.00",
        accounts: 1,
        days: ("2026-01-13", "2026-01-14"),
    },
    Export {
        program: "Dynamics AX",
        encoded: Encoded::Utf8,
        text: "INVOICEID|LINENUM|INVOICEDATE|ORDERACCOUNT|INVOICEACCOUNT|ITEMID|NAME|QTY|SALESPRICE|LINEAMOUNT|COSTAMOUNT|CURRENCYCODE\n\
               CIV-1|1.00|2026-01-02 00:00:00.000|US-001|US-009|D0001|Speaker|3|20.00|60.00|33.00|USD\n",
        roles: "invoice_number=INVOICEID line_number=LINENUM date=INVOICEDATE account_number=ORDERACCOUNT article_number=ITEMID quantity=QTY \
                unit_price=SALESPRICE net_amount=LINEAMOUNT line_cost=COSTAMOUNT currency=CURRENCYCODE",
        revenue: "60.00",
        cost: "33.00",
        accounts: 1,
        days: ("2026-01-02", "2026-01-02"),
    },
    Export {
        program: "a shop's list with gross amounts, tax and margins beside",
        encoded: Encoded::Utf8,
        text: "Rechnungsnummer;Rechnungsdatum;Fälligkeitsdatum;Lieferdatum;Kundennummer;Kundenname;Lieferland;Land;Menge;Einzelpreis;Netto EUR;USt.-Betrag;Brutto EUR;Rohertrag EUR;Wareneinsatz EUR\n\
               1;02.01.2026;16.01.2026;04.01.2026;K1;Elbe Stahl;AT;DE;2;100,00;200,00;38,00;238,00;80,00;120,00\n",
        roles: "invoice_number=Rechnungsnummer|date=Rechnungsdatum|account_number=Kundennummer|account_name=Kundenname|country=Land|quantity=Menge|\
                unit_price=Einzelpreis|net_amount=Netto EUR|line_cost=Wareneinsatz EUR",
        revenue: "200.00",
        cost: "120.00",
        accounts: 1,
        days: ("2026-01-02", "2026-01-02"),
    },
    Export {
        program: "invoice totals repeated on every line",
        encoded: Encoded::Utf8,
        text: "Rechnungsnr;Datum;Kunde;Menge;Preis;Gesamt;Positionsbetrag\n1;02.01.2026;Elbe Stahl;2;10,00;35,00;20,00\n1;02.01.2026;Elbe Stahl;3;5,00;35,00;15,00\n",
        roles: "net_amount=Positionsbetrag unit_price=Preis quantity=Menge",
        revenue: "35.00",
        cost: "0.00",
        accounts: 1,
        days: ("2026-01-02", "2026-01-02"),
    },
    Export {
        program: "cost per unit under a bare “EK”, cost of the line under another",
        encoded: Encoded::Utf8,
        text: "Rechnung;Datum;Kunde;Menge;Umsatz;EK\n1;02.01.2026;Elbe Stahl;20;200,00;140,00\n2;02.01.2026;Elbe Stahl;30;150,00;105,00\n",
        roles: "line_cost=EK net_amount=Umsatz",
        revenue: "350.00",
        cost: "245.00",
        accounts: 1,
        days: ("2026-01-02", "2026-01-02"),
    },
];

fn separated(roles: &str) -> Vec<(&str, &str)> {
    let parts: Vec<&str> = if roles.contains('|') { roles.split('|').collect() } else { roles.split_whitespace().collect() };
    parts.into_iter().map(|part| part.split_once('=').expect("role=header")).collect()
}

#[test]
fn every_program_s_columns_and_amounts_are_found() {
    let mut wrong = Vec::new();
    for export in EXPORTS {
        let program = export.program;
        let read = try_read(&export.encoded.bytes(export.text), &Options::default()).unwrap_or_else(|error| panic!("{program}: {error}"));
        for (role, header) in separated(export.roles) {
            if read.header(role) != Some(header) {
                wrong.push(format!("{program}: {role} is {:?}, not {header}", read.header(role)));
            }
        }
        let report = &read.analysis.report;
        assert!(report.stops.is_empty() && report.counts.rejected == 0, "{program}: {:?}", report.findings);
        assert_eq!((read.revenue().as_str(), read.cost().as_str()), (export.revenue, export.cost), "{program}");
        assert_eq!(read.analysis.accounts.len(), export.accounts, "{program}");
        let days = [report.first, report.last].map(|day| day.map(|day| day.to_string()).unwrap_or_default());
        assert_eq!((days[0].as_str(), days[1].as_str()), export.days, "{program}");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn names_and_letters_arrive_as_they_were_written() {
    let text = "Kunde;Name;Beleg;Datum;Netto\n1;Müller & Söhne – Çelik;1;02.01.2026;1,00\n";
    for encoded in [Encoded::Utf8, Encoded::Utf8WithMark, Encoded::Utf16, Encoded::Windows1252] {
        let read = try_read(&encoded.bytes(text), &Options::default()).expect("read");
        assert_eq!(read.analysis.accounts[0].name, "Müller & Söhne – Çelik", "{encoded:?}");
    }
}

#[test]
fn a_side_that_is_none_rejects_its_line() {
    let lines = |side: &str| {
        format!("Datum;Beleg;Debitor;Soll/Haben;Betrag\n{}02.01.2026;99;1;{side};5,00\n", "02.01.2026;1;1;S;100,00\n".repeat(20))
    };
    let read = read(&lines("?"));
    assert_eq!((read.analysis.report.counts.rejected, read.count(Kind::BadNumber)), (1, 1));
    assert_eq!(read.revenue(), "2000.00");
}
