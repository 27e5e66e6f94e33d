import type { Examples } from './marked.ts'

/** Numbers of the synthetic population only: 80 is added to the month. */
export const fodselsnummer: Examples = {
  nb: [
    'Hei, jeg lurer og fødselsnr er [[fodselsnummer|12896826857]], når får jeg svar?',
    'fnr: [[fodselsnummer|158746 14901]] på søknaden om byggetillatelse',
    'Jeg er født [[fodselsnummer|20.86.96 15138]] og står fortsatt uten plass',
    'personnummeret mitt er [[fodselsnummer|219273-10268]], kan dere sjekke saken?',
    'Kan noen forklare hvorfor [[fodselsnummer|14929842406]]og[[fodselsnummer|28828432240]] fikk avslag',
    'ID [[fodselsnummer|0 4 9 1 9 4 4 5 5 0 0]] sånn, håper dere er fornøyd',
    'min ([[fodselsnummer|048543 03770]]) og konas ([[fodselsnummer|169064 17417]])',
    'Fødselsnummer består av 11 siffer, for eksempel 12345678901 er ikke et.',
    'Saksnummer 2024/12896 gjelder Storgata, journalpost 826857',
    'Bestillingen min har ordrenr 12896826858 og har ikke kommet',
    'Kommunen har 11896826857 grunner til å brøyte bedre',
    'Orgnr 974 760 673 har ikke svart på faktura 2024001',
    'Svar til [[fodselsnummer|05854212801]] takk',
    'har sendt inn [[fodselsnummer|048898 34728]] tre ganger nå!!',
    'Telleren står på 18909211406 liter ifølge skjermen',
    'Kortet sier [[fodselsnummer|148 875 173 05]] og utløper i mai'
  ],
  nn: [
    'Eg har fødselsnummer [[fodselsnummer|06849603661]] og ventar på svar',
    'Det er [[fodselsnummer|069153 42246]] som står på brevet, stemmer det?',
    'skriv [[fodselsnummer|13.81.72-30142]] på skjemaet så går det fortare',
    'Nr. mitt er [[fodselsnummer|04906 336931]] om de treng det',
    'Kvifor må eg oppgje alle 11 siffera i fødselsnummeret på Facebook?',
    'Vassmålaren viser 05854212 og i fjor 04889834',
    'Talet 11111111111 er ikkje noko nummer',
    'Dato 14.08.75 kl 17.30 er det møte i grendahuset',
    'Her er nummeret: [[fodselsnummer|189092 11405]]',
    'fødd [[fodselsnummer|148875/17305]], bur enno i kommunen',
    'Målt 12 345 678 901 kubikk sand i hamna'
  ]
}

export const dNumber: Examples = {
  nb: [
    'D-nummer [[d-number|58917238888]], kom fra utlandet i fjor',
    'Han har d-nr [[d-number|508583 10102]] og trenger legetime',
    'mannen min har [[d-number|448875 07349]] men får ikke logget inn',
    'nummeret er [[d-number|64.87.70-24707]]',
    'Vi fikk tildelt [[d-number|62918322707]], gjelder det for barnehagesøknad?',
    'd-nummer eller fødselsnummer, hva skal man bruke?',
    'Varenr 65849730873 er utsolgt på gjenbruksstasjonen',
    'Linje D 559 18 125 er innstilt',
    'Jeg står som [[d-number|57865417413]] i systemet deres',
    'd nummer [[d-number|598242 32177]] venter på svar',
    'Serienummer 56888329249 på varmepumpa'
  ],
  nn: [
    'Eg fekk D-nummer [[d-number|65849730872]] av Skatteetaten',
    'd-nr: [[d-number|559181 25506]] kan de hjelpe?',
    'Har berre [[d-number|42878249504]] og får ikkje BankID',
    'Kva er skilnaden på D-nummer og fødselsnummer?',
    'Straumen har kosta 57 865 417 414 kroner sidan krigen, kjennest det som',
    'Ho har fått [[d-number|56888329248]] no',
    'Nummer [[d-number|539279-16017]] står på kortet'
  ]
}

export const accountNumber: Examples = {
  nb: [
    'Dere kan betale til [[account-number|1658.12.72530]]',
    'konto [[account-number|1640 09 47833]], merk med skolekorps',
    'kontonr [[account-number|10597771660]] skal brukes framover',
    'Feil kontonummer på utbetalingen, riktig er [[account-number|1241.85.12472]].',
    'Send pengene til [[account-number|1917-78-69999]] vær så snill',
    'Basar til inntekt for turstien, gaver til [[account-number|16388471739]]',
    'Kontoen 1658.12.72531 finnes ikke sier banken',
    'KID 14330324059 og beløp 1200 kr, men fakturaen er feil',
    'Artikkel 1183 87 20953-B er utgått',
    'vi har 10043304573 spørsmål til rådmannen',
    'overfør til [[account-number|1724.73.50470]] innen fredag',
    'kto: [[account-number|16005693334]]',
    'Ordrenummer 19381769375 er forsinket'
  ],
  nn: [
    'Set inn på [[account-number|1004.33.04572]] så ordnar vi resten',
    'Kontonummeret mitt er [[account-number|1069 36 14509]]',
    'refusjon til konto [[account-number|16922697160]] har ikkje kome',
    'Takk for støtta til laget, konto [[account-number|1503.53.14757]]',
    'Sporingsnummer 11744727172 seier at pakka ligg på Bygdatunet',
    'Budsjettet på 1724.73 millionar held ikkje',
    'Konto for gåver: [[account-number|1371 25 18973]]',
    'pengane skal til [[account-number|1820.80.99856]], ikkje den gamle'
  ]
}

export const phone: Examples = {
  nb: [
    'Ring meg på [[phone|41234567]] så forklarer jeg',
    'tlf [[phone|412 34 567]] etter kl 16',
    'Du når meg på [[phone|+47 90 12 34 56]]',
    'mobil: [[phone|901.23.456]]',
    'nummeret hennes er [[phone|0047 98765432]], hun svarer aldri',
    'Kontakt [[phone|22 33 44 55]] eller [[phone|9876 5432]].',
    'svensk nr [[phone|+46 70 123 45 67]] funker også',
    'Vipps [[phone|98 76 54 32]] for lodd',
    'Saksnr 41234567 er ikke besvart',
    'Skolen koster 45 000 000 kr og åpner i 2025',
    'Åpent 1000-1600, 20.12.2024 stengt',
    'Perioden 2023-2024 var tung, 2024 2025 blir verre',
    'Det er 40500000 kroner som mangler',
    'Fil 20241231 og kl 12.30 ligger på nett',
    'gnr 45 bnr 123 fnr 0, areal 90123456 m2',
    'Noen som kan ringe [[phone|93 45 67 89]]?',
    'tlf.[[phone|46812345]]',
    'Referanse 46812345 gjelder vannlekkasjen',
    'det bor 41 234 567 kråker i den parken'
  ],
  nn: [
    'Ring [[phone|95 12 34 56]] om de finn katten',
    'telefonen min er [[phone|48123456]] dersom nokon veit noko',
    'Send sms til [[phone|+4791234567]]',
    'nr [[phone|57 12 34 56]] er oppteke heile dagen',
    'Eg har ringt [[phone|(+47) 412 34 567]] i to veker',
    'Det står 57000000 kr på budsjettet til vegen',
    'Kundenummer 48123456 gjeld renovasjon',
    'Fakturanr. 91234567 er betalt',
    'Svar helst på [[phone|911 22 333]]',
    'Bilen har gått 24 123 456 meter, nesten'
  ]
}

export const email: Examples = {
  nb: [
    'Send svar til [[email|kari.test@example.no]] takk',
    'mailen min er [[email|ola_91@eksempel.com]].',
    'skriv til ([[email|post+barnehage@lag.example.org]])',
    'nå meg på [[email|turgjengeren (at) example.no]]',
    'epost: [[email|fotballmor krøllalfa eksempel punktum no]]',
    '[[email|BLID.FYR@EXAMPLE.NO]] HAR IKKE FÅTT SVAR',
    'Følg oss @kommunen og @turlaget for mer',
    'Vi møtes @ rådhuset kl 18',
    'Fra Mastodon: @turgjenger@sosial.example er enig',
    '2 stk @ 50,- hver på loppemarkedet',
    'e-post er bedre enn Facebook, men dere svarer ikke der heller',
    'kontakt [[email|vaktsjef99@test.example.no]] for nøkkel',
    'gi beskjed på [[email|rune.b alfakrøll example.com]]',
    'takk til @ungdomsklubben for kvelden'
  ],
  nn: [
    'Eg har sendt e-post frå [[email|sauebonde@example.no]] tre gonger',
    'Svar til [[email|hage.lukt@eksempel.net]], takk',
    'adressa er [[email|bygdefolk[at]eksempel.no]]',
    'prøv [[email|å.nes@blåbær.example]]',
    'Kvifor svarar de ikkje på e-posten eg sende i går?',
    'Me er @ hallen i kveld',
    'Bilete kan sendast til [[email|foto-tips@bygd.example]]',
    'treng svar @kommunen !!!'
  ]
}

export const streetAddress: Examples = {
  nb: [
    'Det er hull i veien utenfor [[street-address|Storgata 5B]]',
    'vi bor i [[street-address|bjørkeveien 12]] og har ikke vann',
    'Adressen er [[street-address|Kongens gate 14, 7013 Trondheim]]',
    'Søppelet er ikke hentet i [[street-address|Nedre Åsvei 3 b]] på to uker',
    'Naboen i [[street-address|Solbakken 7]] bråker',
    'hun bor i [[street-address|Granlia 22]]',
    'Kom til [[street-address|Karl Johans gate 22]] kl 12',
    'Lekkasje ved [[street-address|Fiskebrygga 4]] igjen',
    'brøyt [[street-address|Elvegt. 9]] da folkens',
    '[[street-address|Nordbygda 114, 7320 Fannrem]] mangler brøyting',
    'Fylkesvei 123 er full av hull',
    'Parkeringsplass 12 er alltid opptatt',
    'Vi trenger 30 barnehageplasser, ikke barnehageplass 5',
    'Storgata er stengt i 3 dager',
    'Hagen 20 meter bortenfor er kommunens',
    'Møt opp på torget kl 18',
    'Veien 5 km nord for sentrum er humpete',
    'gatelykta foran [[street-address|Maridalsveien 87]] blinker',
    'Vi i [[street-address|Epleskogen 3]] vil ha svar',
    'E18 og riksvei 4 er stengt',
    'Kroken 50 meter etter broa er farlig'
  ],
  nn: [
    'Det manglar lys ved [[street-address|Fjordvegen 33]]',
    'Me bur i [[street-address|Kyrkjegata 8a]] og høyrer alt',
    'grøfta ved [[street-address|Øvre Sandvegen 17]] er tett',
    'Send brevet til [[street-address|Tunvegen 2, 6800 Førde]]',
    'Han i [[street-address|Lyngbakken 41]] brenn boss kvar kveld',
    'Bossbilen gløymde [[street-address|strandgata 6]]',
    'Riksveg 13 er stengd ved tunnelen',
    'Kommunevegen 2 km opp er ikkje brøytt',
    'Torget var fullt i 17 timar',
    'Skulevegen er farleg for alle',
    'Dalen 4 gonger større enn før fekk ein ny veg',
    'Hol i vegen utanfor [[street-address|Myravegen 19 C]]',
    'Dei i [[street-address|Rådhusgata 1]] svarar aldri',
    'fylkesveg 57 må utbetrast no'
  ]
}

export const licencePlate: Examples = {
  nb: [
    'Bilen [[licence-plate|DK 12345]] står feilparkert hver dag',
    '[[licence-plate|EL98765]] kjørte på gul jakke og dro',
    'hvit varebil med skilt [[licence-plate|rj 45678]] suser forbi her',
    'reg.nr [[licence-plate|SV-54321]] blokkerer innkjørselen',
    'Noen som kjenner eieren av [[licence-plate|bt23456]]?',
    'kr 12345 i gebyr, tuller dere?',
    'Det kom ca 15000 folk og NR 12345 vant',
    'Regningen på KR 54321 er feil',
    'vi er 12345 innbyggere',
    'Skjema AB 1234 finner jeg ikke',
    'TV 2 og NRK viste det, se 10000 kommentarer',
    'Postnr NO 0123 Oslo',
    '[[licence-plate|VH 77889]] parkerer på HC-plassen',
    'skiltet var [[licence-plate|EK 10203]]',
    'det koster kr 25000 og tar 3 uker'
  ],
  nn: [
    'Bil med nummer [[licence-plate|SU 11223]] står på gangvegen',
    'Kven eig [[licence-plate|NF33445]]? Lysa står på',
    'traktor [[licence-plate|ZN 44556]] sperrar vegen',
    'Eg betalte kr 10500 for lite',
    'det er 20000 som har skrive under',
    'no 12345 underskrifter',
    'Raud Toyota [[licence-plate|AX 65432]] køyrer for fort',
    'har de 15000 liter vatn?'
  ]
}
