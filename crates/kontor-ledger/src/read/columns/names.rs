//! What columns are called in exports: German, English, SAP and the like.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::column::Role;

/// The names of a role, the likeliest first. `~` in front: the header contains it. `?` in front: it names the thing, not its number, and plays the role
/// only where the values look like keys.
const fn names(role: Role) -> &'static str {
    match role {
        Role::InvoiceNumber => {
            "rechnungsnr rechnungsnummer rechnungnr rechnungno belegnummer belegnr invoiceno invoicenumber invoice invoiceid invoicenum rgnr renr \
             vbeln fakturanummer faktura fakturanr rechnung billingdocument documentnumber documentno docno docnum docentry beleg belegno belegfeld1 \
             salesorderid orderid ordernumber orderno auftragsnummer auftragsnr auftrag bestellnummer bestellnr salesordernumber transactionid \
             billno billnumber salesdocument vorgangsnummer vorgangsnr belegid rgnummer renummer moveid num voucherno ?number ?nummer ?order \
             ?bestellung ~invoiceno ~invoicenum ~rechnungsn ~belegn ~invoice"
        }
        Role::LineNumber => {
            "position pos posnr positionsnr positionsnummer linenumber lineno linenum line zeile zeilennr zeilennummer belegposition belegpos \
             salesorderitem orderitemid orderlinenumber itemno itemnumber invoiceline invoicelineno invoicelinenumber rechnungsposition posno \
             lineitem orderlineid billingdocumentitem poszeile lfdnr ?item ?posten"
        }
        Role::Date => {
            "rechnungsdatum belegdatum invoicedate invoicebilldate fkdat fakturadatum rgdatum redatum billingdate billingdocumentdate \
             buchungsdatum postingdate documentdate docdate datum date orderdate auftragsdatum orderpurchasetimestamp bldat budat \
             transactiondate salesdate saledate bestelldatum leistungsdatum createdat creationdate erdat timestamp belegdat datumrechnung \
             kaufdatum umsatzdatum paidat tag day ~rechnungsdat ~invoicedat ~orderdat ~belegdat"
        }
        Role::AccountNumber => {
            "kundennr kundennummer kundenno kdnr kundenid selltocustomerno verkandebnr debitor debitorennr debitorennummer debitornr debitornummer customerid customernumber \
             customerno custno custid custnum customernum accountnumber accountno kunnr kunag soldtoparty soldto kunrg partnerid cardcode \
             auftraggeber customercode customerkey customerref accountref accountcode buyerid clientid clientno \
             accountid orderaccount invoiceaccount rechandebnr kontonummer konto kto kdnummer kundnr kundencode kundenkuerzel kundenkonto \
             personenkonto debitorenkonto customeruserid partnerreference partnerref adressnr adressnummer geschaeftspartnernr bpcode \
             ?kunde ?customer ?client ?buyer ?account ?partner ?geschaeftspartner ?businesspartner ?kaeufer ?adresse ?regulierer ?payer ?abnehmer \
             ?rechnungsempfaenger ~kundennr ~kundennum ~customerid ~customerno ~customernum ~debitor"
        }
        Role::AccountName => {
            "kunde kundenname customername customer firma firmenname companyname company cardname debitorname debitorenname name name1 \
             accountname kundenbezeichnung kundentext bezeichnungkunde namekunde kundename namedeskunden customertext customerdescription \
             soldtopartyname auftraggebername nameauftraggeber selltocustomername billtoname invoicepartnerdisplayname partner partnername \
             client clientname buyer buyername contactname account geschaeftspartner businesspartner businesspartnername matchcode \
             suchbegriff kaeufer abnehmer rechnungsempfaenger adresse kdname shipname organization organisation ~kundenname ~customername \
             ~firmenname ~companyname"
        }
        Role::Country => {
            "land country land1 laendercode laenderkennzeichen countrycode landkz staat countryregion countryregioncode laendername landcode lkz kundenland \
             ~country"
        }
        Role::PostalCode => "plz postleitzahl postalcode zip zipcode pstlz postcode kundenplz ~postalcode ~postleitzahl",
        Role::City => "ort stadt city town ort01 wohnort cityname kundenort ~city",
        Role::Industry => {
            "branche industry sector brsch wirtschaftszweig segment kundengruppe customergroup brancheschluessel kdgrp ~branche"
        }
        Role::ArticleNumber => {
            "artikelnr artikelnummer artnr materialnummer materialnr material matnr articlenumber articleno articleid stockcode productid \
             productcode productnumber productno sku itemcode itemid produktnr produktnummer produktcode produktid teilenummer teilenr partnumber \
             partno artikelno artikelid artikelcode inventoryitemcode materialcode materialnumber itemsku ?artikel ?article ?product ?produkt \
             ?item ?part ?teil ?ware ?productservice ?no ?nr"
        }
        Role::ArticleName => {
            "artikelbezeichnung bezeichnung artikelname articlename description productname itemname itemdescription productdescription \
             articledescription artikelbezeichnung1 dscription maktx arktx materialkurztext materialbezeichnung materialtext materialdescription \
             produktname produktbezeichnung artikeltext artikelbeschreibung artikel article product produkt productservice item ware text \
             beschreibung positionstext lineitemname memodescription bezeichnungmaterial bezeichnungartikel ~artikelbez ~productname"
        }
        Role::ProductGroup => {
            "warengruppe produktgruppe artikelgruppe productgroup productline category productcategory matkl wgr materialgroup warengruppennr \
             warengruppenbezeichnung sortiment kategorie warengrp hauptwarengruppe spart sparte subcategory articlegroup itemgroup \
             itemcategorycode artikelkategoriencode artikelkategorie produktkategorie productfamily produktlinie produktfamilie productcat \
             categoryname division wgrbezeichnung materialgruppe prodh produkthierarchie ~warengruppe ~productline"
        }
        Role::Quantity => {
            "menge anzahl quantity qty fkimg stueck stueckzahl quantityordered fakturiertemenge billedquantity billedqty billingquantity \
             rechnungsmenge orderquantity absatz units kwmeng quantitysold qtysold liefermenge verkaufsmenge absatzmenge quantityrefund qtyshipped \
             stk quantityinvoiced mengestk shippedqty invoicedquantity ~menge ~quantity"
        }
        Role::UnitPrice => {
            "einzelpreis preis vknetto unitprice price priceeach priceunit stueckpreis vkpreis vk epreis ep nettopreis kpreis salesprice \
             listprice verkaufspreis unitnetprice preisproeinheit preisprostueck netprice netunitprice unitamount itemrate rate kzwi1 \
             vknettoeinzelpreis einzelpreisnetto nettoeinzelpreis lineitemprice itemcost itemprice ~einzelpreis ~unitprice ~stueckpreis"
        }
        Role::DiscountPercent => {
            "rabatt rabattprozent rabattsatz discount discountpercent discountpct discountrate rabattpct rabattp nachlass linediscount \
             zeilenrabatt discprcnt discountpercentage positionsrabatt rabattinprozent ~rabatt ~discount"
        }
        Role::NetAmount => {
            "netto nettobetrag nettowert gesamtnetto netamount net netvalue nettoumsatz umsatznetto positionsnetto nettogesamt vknettogesamt \
             positionswert positionsbetrag positionssumme zeilenbetrag zeilensumme linetotal lineamount linenetamount amountnet pricesubtotal \
             subtotal linesubtotal orderlinesubtotal zwischensumme umsatz betrag betragnetto revenue sales amount netwr netvalueindoccurrency \
             nettosumme gesamtpreis gesamtpreisnetto total gesamt gesamtbetrag netsales salesamount salesvalue extendedprice extendedamount \
             warenwert erloes erloese turnover netrevenue wert invoiceamount totalamount totalprice ordertotal summe umsatzohnesollhabenkz \
             verkaufsbetragtatsaechl salesamountactual itemtotal ~netto ~netamount ~umsatz ~nettowert"
        }
        Role::UnitCost => {
            "eknetto ek ekpreis einkaufspreis einstandspreis einstandspreisprostueck unitcost buyprice standardcost costprice stueckkosten \
             herstellkostenprostueck purchaseprice mittlererek ekproeinheit grossbuypr avgcost averagecost costperunit gld vpr verpr stprs \
             ~unitcost ~einstandspreis ~ekpreis"
        }
        Role::LineCost => {
            "einstandswert wareneinsatz linecost cost kosten cogs wavwr einstand herstellkosten ekwert ekgesamt totalcost costofgoods \
             costofgoodssold selbstkosten hk wareneinstand costamount verrechnungswert einstandsbetrag einstandsbetragtatsaechl costamountactual \
             ekbetrag wareneinsatzwert costvalue kostengesamt ~wareneinsatz ~einstandswert ~totalcost"
        }
        Role::Currency => {
            "waehrung currency waerk waers currencycode whrg wkz belegwaehrung waehrungsschluessel waehrungscode documentcurrency \
             transactioncurrency currencyid wkzumsatz doccurrency iso ~waehrung ~currency"
        }
        Role::Status => {
            "status orderstatus belegstatus auftragsstatus rechnungsstatus invoicestatus lifecyclestatus state documentstatus bestellstatus \
             financialstatus"
        }
        Role::InvoiceType => {
            "belegart invoicetype documenttype rechnungsart fkart fakturaart doctype belegtyp transactiontype auart vorgangsart type typ \
             billingtype billingdocumenttype movetype belegkennzeichen rechnungstyp dokumentart"
        }
        Role::DebitCredit => {
            "sollhabenkennzeichen sollhaben sollhabenkz sh shkz shkzg sollhabenkennz debitcredit debitcreditindicator debitcreditcode dc drcr \
             crdr kennzeichensollhaben"
        }
    }
}

/// Parts of headers that look like a role and are not: amounts with tax, dates of something else, what is left over.
const NOT: &str = "brutto gross steuer mwst delivery liefer faellig changed geaendert shipdate versand shipping shipto settled paperless freight \
                   fracht balance duedate deckungsbeitrag rohertrag rohgewinn marge margin profit";
/// The same, too short to be looked for inside words: “customer” has a “ust”.
const NOT_WORDS: &str = "ust tax vat due db";

/// What stands before a name and says nothing about the role, and behind it.
const BEFORE: &str =
    "a0 sellto billto verkan rechan lineitem invoicelines rechnungszeilen orderline billing rechnungs positions invoice sales order";
const BEHIND: &str = "ineur inchf inusd eur euro chf usd gbp lcy mw hw inhauswaehrung inprozent prozent percent pct billing rechnung";

/// How much a name is worth that stands in the header with something around it.
const TRIMMED: u32 = 6;
/// How much a name is worth that is the last part of a path: `Invoice lines/Quantity`, `VBRP-NETWR`.
const LAST_PART: u32 = 8;
/// What a name is worth that the header merely contains.
const PART: u32 = 30;
/// What the name of a thing is worth as that of its number.
const KEY: u32 = 60;

/// How many places down the list a name loses worth.
const PLACES: u32 = 35;

/// How a header names a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Naming {
    /// How well, 0–100.
    pub score: u32,
    /// True when it names the thing, so that only values that look like keys make it the number.
    pub needs_keys: bool,
}

/// How a header names a role; `None` when it does not.
pub fn naming(header: &str, role: Role) -> Option<Naming> {
    let name = normalized(header);
    if let Some(naming) = exact(&name, role) {
        return Some(naming);
    }
    if KNOWN.contains_key(name.as_str()) || is_something_else(header, &name) {
        return None;
    }
    // A “customer type” is no type of document, nor a “customer status” its status.
    let is_vague = matches!(role, Role::InvoiceType | Role::Status);
    let less = |naming: Naming, points: u32| Naming { score: naming.score - points, ..naming };
    let trimmed = trimmed(&name).find_map(|shorter| exact(shorter, role)).filter(|_| !is_vague).map(|naming| less(naming, TRIMMED));
    let last_part = || {
        let (_, last) = header.rsplit_once(['/', '.', '-', ':'])?;
        Some(less(exact(&normalized(last), role)?, LAST_PART))
    };
    let part = || names(role).split(' ').filter_map(|known| known.strip_prefix('~')).any(|part| name.contains(part));
    trimmed.or_else(last_part).or_else(|| part().then_some(Naming { score: PART, needs_keys: false }))
}

/// How well a header names a role whatever its values are, 0–100.
pub fn name_score(header: &str, role: Role) -> u32 {
    naming(header, role).filter(|naming| !naming.needs_keys).map_or(0, |naming| naming.score)
}

/// True when the header names any role.
pub fn is_known_header(header: &str) -> bool {
    Role::ALL.into_iter().any(|role| naming(header, role).is_some_and(|naming| naming.score > PART))
}

/// Whether a header of costs leaves open if they are per unit or of the line.
pub fn is_vague_cost(header: &str) -> bool {
    matches!(normalized(header).as_str(), "ek" | "eknetto" | "cost" | "kosten" | "einstand" | "herstellkosten" | "selbstkosten" | "hk")
}

fn exact(name: &str, role: Role) -> Option<Naming> {
    KNOWN.get(name)?.iter().find(|(known, _)| *known == role).map(|&(_, naming)| naming)
}

/// Every name with the roles it names.
static KNOWN: LazyLock<HashMap<&str, Vec<(Role, Naming)>>> = LazyLock::new(|| {
    let mut known: HashMap<&str, Vec<(Role, Naming)>> = HashMap::new();
    for role in Role::ALL {
        for (place, name) in names(role).split(' ').enumerate().filter(|(_, name)| !name.starts_with('~')) {
            let naming = match name.strip_prefix('?') {
                Some(_) => Naming { score: KEY, needs_keys: true },
                None => Naming { score: 100 - u32::try_from(place).map_or(PLACES, |place| place.min(PLACES)), needs_keys: false },
            };
            known.entry(name.trim_start_matches('?')).or_default().push((role, naming));
        }
    }
    known
});

fn is_something_else(header: &str, name: &str) -> bool {
    NOT.split(' ').any(|not| name.contains(not)) || words(header).iter().any(|word| NOT_WORDS.split(' ').any(|not| not == word))
}

/// The name without what stands around it and says nothing, and without a number behind.
fn trimmed(name: &str) -> impl Iterator<Item = &str> {
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let ends = std::iter::once(bare).chain(BEHIND.split(' ').filter_map(move |end| bare.strip_suffix(end)));
    let both = ends.flat_map(|end| std::iter::once(end).chain(BEFORE.split(' ').filter_map(move |start| end.strip_prefix(start))));
    both.filter(move |shorter| !shorter.is_empty() && *shorter != name)
}

/// Letters and digits of a header in lower case, umlauts spelled out.
fn normalized(header: &str) -> String {
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

/// The words of a header in lower case: between blanks and signs, and by capitals within a word.
fn words(header: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for letter in header.chars() {
        if !letter.is_alphanumeric() || (was_lower && letter.is_uppercase()) {
            words.push(String::new());
        }
        was_lower = letter.is_lowercase();
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_twice_for_one_role() {
        for role in Role::ALL {
            let mut seen: Vec<&str> = names(role).split(' ').collect();
            assert!(seen.iter().all(|name| !name.is_empty() && *name == name.to_lowercase()), "{role}");
            seen.sort_unstable();
            assert!(seen.windows(2).all(|pair| pair[0] != pair[1]), "{role}: {seen:?}");
        }
    }

    #[test]
    fn what_stands_around_a_name_does_not_hide_it() {
        for (header, role) in [
            ("Nettowert (EUR)", Role::NetAmount),
            ("Umsatz in EUR", Role::NetAmount),
            ("VBRP-NETWR", Role::NetAmount),
            ("VBRK.FKDAT", Role::Date),
            ("Invoice lines/Quantity", Role::Quantity),
            ("Rechnungszeilen/Menge", Role::Quantity),
            ("Bezeichnung 1", Role::ArticleName),
            ("Company (Billing)", Role::AccountName),
            ("Billing City", Role::City),
            ("Sell-to Customer No.", Role::AccountNumber),
            ("Unit Cost (LCY)", Role::UnitCost),
        ] {
            assert!(name_score(header, role) > PART, "{header} is no {role}");
        }
    }

    #[test]
    fn gross_amounts_and_other_dates_are_something_else() {
        for (header, role) in [
            ("Bruttobetrag netto", Role::NetAmount),
            ("USt-Betrag", Role::NetAmount),
            ("Tax Amount", Role::NetAmount),
            ("Rohertrag netto", Role::NetAmount),
            ("DB Umsatz", Role::NetAmount),
            ("Due Invoice Date", Role::Date),
            ("Lieferland", Role::Country),
            ("Shipping City", Role::City),
        ] {
            assert_eq!(name_score(header, role), 0, "{header}");
        }
        assert!(name_score("Bill Customer Country", Role::Country) > 0, "a customer is no VAT");
    }
}
