//! What columns are called in exports: German, English, SAP, and the commonest words of Austria's and Switzerland's neighbours.

use crate::column::Role;

/// The names of a role, the likeliest first. `~` in front: the header contains it. `?` in front: it names the thing, not its number, and plays the role
/// only where the values look like keys. `-` in front: it says little, so any better name wins.
pub const fn names(role: Role) -> &'static str {
    match role {
        Role::InvoiceNumber => {
            "rechnungsnr rechnungsnummer rechnungnr rechnungno belegnummer belegnr invoiceno invoicenumber invoice invoiceid invoicenum \
             rgnr renr vbeln fakturanummer faktura fakturanr rechnung billingdocument documentnumber documentno docno docnum docentry \
             beleg belegno belegfeld1 salesorderid orderid ordernumber orderno auftragsnummer auftragsnr auftrag bestellnummer bestellnr \
             salesordernumber transactionid billno billnumber salesdocument vorgangsnummer vorgangsnr belegid rgnummer renummer moveid num \
             voucherno invoicenr invno trxnumber trxno arnr invnr invoiceref rechnnr rechnr rechnungid rechnungsid rechnungsbeleg belnr \
             verkaufsbeleg fakturabeleg receiptno receiptnumber receiptid billingdoc billdoc auftragnr transactionno transactionnumber \
             orderkey amazonorderid salesorderno sonumber vouchernumber taxinvoiceno externebelegnummer bonnr bonnummer gutschriftnr \
             fakturano facture nfacture nofacture numerofacture numerodefacture numerofattura nfattura fattura numerofactura \
             numerodefactura factura factuurnummer factuurnr factuur notafiscal ?number ?nummer ?order ?bestellung ?inv ?vorgang \
             -?reference -?referenz -?document -?dokument -?receipt -?voucher -?ref -?salesorder -?transaction -?bon -?name ~invoiceno \
             ~invoicenum ~rechnungsn ~belegn ~invoice"
        }
        Role::LineNumber => {
            "position pos posnr positionsnr positionsnummer linenumber lineno linenum line zeile zeilennr zeilennummer belegposition \
             belegpos salesorderitem orderitemid orderlinenumber invoiceline invoicelineno invoicelinenumber rechnungsposition posno \
             lineitem orderlineid billingdocumentitem poszeile lfdnr linenr lineid linekey salesorderlinenumber orderlineno ?item ?posten \
             ?itemno ?itemnumber ?itemnr"
        }
        Role::Date => {
            "rechnungsdatum belegdatum invoicedate invoicebilldate fkdat fakturadatum rgdatum redatum billingdate billingdocumentdate \
             buchungsdatum postingdate documentdate docdate datum date orderdate auftragsdatum orderpurchasetimestamp bldat budat \
             transactiondate salesdate saledate bestelldatum leistungsdatum createdat creationdate erdat timestamp belegdat datumrechnung \
             kaufdatum umsatzdatum paidat tag day created createdutc createdon ordertime issuedate dateissued issued billdate purchasedate \
             transdate dateofsale ausstellungsdatum rechnungvom datumderrechnung faktdat faktdatum rechndatum rechndat invdate trxdate \
             redat rgdat ardatum rechdatum rechdat belegvom datekey orderdatekey invoicedatekey ordercreated ordercreatedat orderedat \
             orderdt invoicedt erstelltam erstellt erstelldatum erfassungsdatum bestelltam purchasedat kalendertag audat datefacture \
             datedefacture datafattura datadocumento fechafactura fechadefactura fecha factuurdatum datafaktury fakturadato -data \
             -lieferdatum -lieferdat -shipdate -shippeddate -shipmentdate -shippingdate -deliverydate -versanddatum -valuta -valutadatum \
             ~rechnungsdat ~fakturadat ~buchungsdat ~invoicedat ~invdat ~billdat ~postingdat ~salesdat ~orderdat ~belegdat"
        }
        Role::AccountNumber => {
            "kundennr kundennummer kundenno kdnr kundenid selltocustomerno verkandebnr debitorennr debitorennummer debitornr debitornummer \
             customerid customernumber customerno custno custid custnum customernum kunnr kunag soldtoparty kunrg partnerid cardcode \
             customercode customerkey customerref accountref buyerid clientid clientno orderaccount invoiceaccount rechandebnr kdnummer \
             kundnr kundencode kundenkuerzel kundenkonto personenkonto debitorenkonto customeruserid partnerreference partnerref \
             geschaeftspartnernr bpcode kundenr kndnr knr debnr debno debitorid debitorkonto customernr custnr customeraccount custcode \
             clientcode clientnumber clientnr resellerkey resellerid resellercode resellerno dealercode dealerid dealerno retailerid \
             retailercode customeruniqueid billtocustomerno billtocustomer soldtono soldtocustomer soldtoid kaeufernr kaeuferid codeclient \
             nclient noclient numeroclient codigocliente codicecliente idcliente klantnummer klantnr klantcode kundnummer kundenummer \
             accountnumber accountno accountcode accountid kontonummer konto kto adressnr adressnummer ?kunde ?customer ?client ?buyer \
             ?account ?partner ?geschaeftspartner ?businesspartner ?kaeufer ?adresse ?regulierer ?payer ?abnehmer ?rechnungsempfaenger \
             ?debitor ?auftraggeber ?auftraggeb ?soldto ?billto ?cust ?reseller ?dealer ?retailer -?store ?cliente ?klant -?empfaenger \
             -?tradingpartner -?member -?user -?mandant -?shipto -kontonr -userid -memberid -householdkey -storeid -shopid -companyid \
             -organizationid -sourceno -kunwe -shiptocustomerno -shiptoparty -shiptono -shiptoid -warenempfaenger -gegenkonto \
             -gegenkontoohnebuschluessel -email -emailaddress -customeremail -buyeremail -kundenemail ~kundennr ~kundennum ~customerid \
             ~customerno ~customernum ~debitor"
        }
        Role::AccountName => {
            "kunde kundenname customername customer firma firmenname companyname company cardname debitorname debitorenname name name1 \
             accountname kundenbezeichnung kundentext bezeichnungkunde namekunde kundename namedeskunden customertext customerdescription \
             soldtopartyname auftraggebername nameauftraggeber selltocustomername billtoname invoicepartnerdisplayname partner partnername \
             client clientname buyer buyername contactname account geschaeftspartner businesspartner businesspartnername matchcode \
             suchbegriff kaeufer abnehmer rechnungsempfaenger adresse kdname custname shipname organization organisation debitor \
             auftraggeber soldto billto billingname billingcompany billtocustomername soldtoname reseller resellername dealer dealername \
             retailer retailername unternehmen kundenbez kundenname1 kundename1 kundekurz kurzname customerfullname businessname \
             tradingname nomclient nomduclient raisonsociale cliente nombrecliente ragionesociale denominazione klant klantnaam \
             bedrijfsnaam -shipto -shiptoname -empfaenger -storename -store -shop -party ~kundenname ~customername ~firmenname \
             ~companyname"
        }
        Role::Country => {
            "land country land1 laendercode laenderkennzeichen countrycode landkz staat countryregion countryregioncode laendername \
             landcode lkz kundenland pays paese pais ~country"
        }
        Role::PostalCode => "plz postleitzahl postalcode zip zipcode pstlz postcode kundenplz ~postalcode ~postleitzahl",
        Role::City => "ort stadt city town ort01 wohnort cityname kundenort ville citta ciudad plaats ~city",
        Role::Industry => {
            "branche industry sector brsch wirtschaftszweig segment kundengruppe customergroup brancheschluessel kdgrp ~branche"
        }
        Role::ArticleNumber => {
            "artikelnr artikelnummer artnr materialnummer materialnr material matnr articlenumber articleno articleid stockcode productid \
             productcode productnumber productno sku itemcode itemid produktnr produktnummer produktcode produktid teilenummer teilenr \
             partnumber partno artikelno artikelid artikelcode inventoryitemcode materialcode materialnumber itemsku articleordernumber \
             artikelordernummer productkey itemkey materialno artno codearticle codicearticolo ?artikel ?article ?product ?produkt ?item \
             ?part ?teil ?ware ?productservice -?no -?nr ?itemno ?itemnumber ?itemnr"
        }
        Role::ArticleName => {
            "artikelbezeichnung bezeichnung artikelname articlename description productname itemname itemdescription productdescription \
             articledescription artikelbezeichnung1 dscription maktx arktx materialkurztext materialbezeichnung materialtext \
             materialdescription produktname produktbezeichnung artikeltext artikelbeschreibung artikel article product produkt \
             productservice item ware text beschreibung positionstext lineitemname memodescription bezeichnungmaterial bezeichnungartikel \
             artikelname1 bez designation descrizione descripcion omschrijving ~artikelbez ~productname"
        }
        Role::ProductGroup => {
            "warengruppe produktgruppe artikelgruppe productgroup productline category productcategory matkl wgr materialgroup \
             warengruppennr warengruppenbezeichnung sortiment kategorie warengrp hauptwarengruppe spart sparte subcategory articlegroup \
             itemgroup itemcategorycode artikelkategoriencode artikelkategorie produktkategorie productfamily produktlinie produktfamilie \
             productcat categoryname division wgrbezeichnung materialgruppe prodh produkthierarchie ~warengruppe ~productline"
        }
        Role::Quantity => {
            "fkimg fakturiertemenge berechnetemenge mengeberechnet mengefakturiert faktmenge rechnungsmenge billedquantity billedqty \
             billingquantity invoicedquantity invoicedqty quantityinvoiced qtyinvoiced invoiceqty invqty invoicequantity menge anzahl \
             quantity qty stueck stueckzahl quantityordered orderquantity absatz units kwmeng quantitysold qtysold liefermenge \
             verkaufsmenge absatzmenge quantityrefund qtyshipped stk mengestk shippedqty unitssold noofunits transactionqty numberofunits unitsshipped \
             qtyordered orderedqty orderqty bestelltemenge bestellmenge deliveredqty qtydelivered deliveredquantity quantitydelivered \
             itemquantity pieces pcs anzahlstueck anz stueckanz quantitypurchased soldquantity abgabemenge verkauftemenge geliefertemenge \
             quantite qte cantidad quantita qta hoeveelheid aantal -sold -volume -mg -mge -count ~menge ~quantity"
        }
        Role::UnitPrice => {
            "netprice netunitprice unitnetprice nettopreis einzelpreisnetto nettoeinzelpreis vknettoeinzelpreis einzelpreis preis vknetto \
             unitprice price priceeach priceunit stueckpreis vkpreis vk epreis ep kpreis salesprice listprice verkaufspreis \
             preisproeinheit preisprostueck unitamount itemrate rate kzwi1 lineitemprice itemcost itemprice priceperunit priceperitem \
             priceperpiece unitsellingprice sellingprice saleprice preisstueck preisstk vkstk vkstueck preisjeeinheit preisjestueck \
             einzelpr einzpreis stkpreis preisst productprice prixunitaire preciounitario prezzounitario valorunitario prijs stuksprijs \
             puht pu listenpreis baseprice -catalogprice ~einzelpreis ~unitprice ~stueckpreis"
        }
        Role::DiscountPercent => {
            "rabatt rabattprozent rabattsatz discount discountpercent discountpct discountrate rabattpct rabattp nachlass linediscount \
             zeilenrabatt discprcnt discountpercentage positionsrabatt rabattinprozent ~rabatt ~discount"
        }
        Role::NetAmount => {
            "netto nettobetrag nettowert gesamtnetto netamount net netvalue nettoumsatz umsatznetto positionsnetto nettogesamt \
             vknettogesamt positionswert positionsbetrag positionssumme zeilenbetrag zeilensumme linetotal lineamount linenetamount \
             amountnet pricesubtotal subtotal linesubtotal orderlinesubtotal rowtotal linevalue linerevenue lineextension itemtotal \
             itemsubtotal netamt extendedamt zwischensumme umsatz betrag betragnetto revenue sales amount netwr netvalueindoccurrency \
             nettosumme gesamtpreis gesamtpreisnetto total gesamt netsales salesamount salesvalue actualsales actualrevenue istumsatz \
             linenet nsv extendedprice extendedamount warenwert erloes erloese turnover netrevenue wert totalprice summe \
             umsatzohnesollhabenkz verkaufsbetragtatsaechl salesamountactual totalrevenue revenuetotal totalsales fakturawert \
             netvalueindocumentcurrency netvalueindoccurr extprice extamount lineprice gesamtwert umsatzerloese umsatzerloes erloesnetto \
             weeklysales saledollars totalpurchaseamount purchaseamount valuetotal pricetotal totalitemprice montantht montantnet totalht totalnet importenetto importe baseimponible \
             imponibile importo importototale totale bedrag nettobedrag belopp kwotanetto valortotal totalvalue totalamount gesamtbetrag \
             invoicevalue invoiceamount invoicedamount amountinvoiced billedamount rechnungswert ordervalue ordertotal rechnungsbetrag \
             montant -value -sum -grosssales -valor -dmbtr -wrbtr ~netto ~netamount ~umsatz ~nettowert"
        }
        Role::UnitCost => {
            "eknetto ek ekpreis einkaufspreis einstandspreis einstandspreisprostueck unitcost buyprice standardcost costprice stueckkosten \
             herstellkostenprostueck purchaseprice mittlererek ekproeinheit grossbuypr avgcost averagecost costperunit gld vpr verpr stprs \
             costperitem ekstk ekstueck ekjestueck preisek einstpreis durchschnek dek unitcostprice productstandardcost standardunitcost \
             cogsperunit ~unitcost ~einstandspreis ~ekpreis"
        }
        Role::LineCost => {
            "einstandswert wareneinsatz linecost cost kosten cogs wavwr einstand herstellkosten ekwert ekgesamt totalcost costofgoods \
             costofgoodssold selbstkosten hk wareneinstand costamount verrechnungswert einstandsbetrag einstandsbetragtatsaechl \
             costamountactual ekbetrag wareneinsatzwert costvalue kostengesamt costofsales totalproductcost materialkosten einkaufswert \
             ekwertgesamt warenkosten ekges totalcogs costtotal wareneinsatzgesamt -mek -kostenderware ~wareneinsatz ~einstandswert \
             ~totalcost"
        }
        Role::Currency => {
            "waehrung currency waerk waers currencycode whrg wkz belegwaehrung waehrungsschluessel waehrungscode documentcurrency \
             transactioncurrency currencyid wkzumsatz doccurrency iso waehr devise valuta divisa moneda ~waehrung ~currency"
        }
        Role::Status => {
            "status orderstatus belegstatus auftragsstatus rechnungsstatus invoicestatus lifecyclestatus state documentstatus \
             bestellstatus financialstatus"
        }
        Role::InvoiceType => {
            "belegart invoicetype documenttype rechnungsart fkart fakturaart doctype belegtyp transactiontype auart vorgangsart type typ \
             billingtype billingdocumenttype movetype belegkennzeichen rechnungstyp dokumentart"
        }
        Role::DebitCredit => {
            "sollhabenkennzeichen sollhaben sollhabenkz sh shkz shkzg sollhabenkennz debitcredit debitcreditindicator debitcreditcode dc \
             drcr crdr kennzeichensollhaben"
        }
    }
}

/// What a header that contains the name of a role must not contain: then it is something about the thing, not the thing.
pub const fn not_with(role: Role) -> &'static str {
    match role {
        Role::InvoiceNumber => "amount amt betrag wert value total netto date datum status typ type art",
        Role::AccountNumber => "gruppe group gruppierung plz land ort name",
        Role::Quantity => "rabatt discount einheit unit verpack mindest staffel bestand stock offen rest proeinheit per pack gruppe",
        Role::UnitPrice => "rabatt discount gruppe",
        Role::DiscountPercent => "gruppe group code day tage faktor factor key schluessel konto account reason grund art type name skonto",
        Role::NetAmount => {
            "preis price prix gewicht weight ziel tage day konto anteil prozent percent gruppe group klasse class key schluessel code kennz"
        }
        Role::Currency => "kurs rate faktor factor betrag amount",
        _ => "",
    }
}

/// Parts of headers that look like a role and are not: amounts with tax, dates of something else, what is left over, what was planned.
pub const NOT: &str = "brutto gross steuer mwst delivery liefer faellig changed geaendert shipdate versand shipping shipto settled paperless freight \
                       fracht balance duedate deckungsbeitrag rohertrag rohgewinn marge margin profit gewicht weight zahlungsziel zahlungsbed \
                       paymentterm vorjahr lastyear prioryear previousyear creditcard kreditkarte mahn dunning";
/// The same, too short to be looked for inside words: “customer” has a “ust”.
pub const NOT_WORDS: &str = "ust tax vat gst tva iva btw moms mva ttc due db incl inkl including inclusive kg lbs \
                             plan budget forecast target tage days supplier lieferant";

/// What stands before a name and says nothing about the role, and behind it.
pub const BEFORE: &str =
    "a0 sellto billto verkan rechan lineitem invoicelines rechnungszeilen orderline billing rechnungs positions invoice sales order";
pub const BEHIND: &str =
    "ineur inchf inusd eur euro chf usd gbp lcy mw hw inhauswaehrung inprozent prozent percent pct billing rechnung signed";

/// What a price is of one of.
pub const UNITS: &str = "stueck stk einheit unit piece pc pcs item each ea";

/// What says that tax is not in an amount, before and behind the tax, and what tax is called; the longer ones first.
pub const WITHOUT: &str = "excludingof excluding exclusiveof exclusive exklusive excluded exclude excl exkl exc ex ohnegesetzl ohne zuzueglich zzgl \
                           without before netof pre hors sans senza escluso esclusa escl sin zonder un";
pub const LEFT_OUT: &str = "excluded excluding exclusive exklusive excl exkl";
pub const TAXES: &str = "mehrwertsteuer umsatzsteuer salestax steuern steuer mwst taxes taxed taxe tax vat gst ust tva iva btw moms mva";

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
}
