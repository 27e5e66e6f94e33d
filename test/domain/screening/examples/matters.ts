import type { Examples } from './marked.ts'

export const health: Examples = {
  nb: [
    'Mor fikk [[health|brystkreft]] og får ikke hjemmehjelp',
    'Jeg er [[health|sykmeldt]] og får ikke svar',
    'Han har [[health|ADHD]] og trenger assistent',
    'bestemor er [[health|dement]] og går ute om natta',
    'har [[health|angst]] og klarer ikke ta bussen',
    'Faren min ble [[health|operert]] i går, når kommer hjelpen?',
    'Etter [[health|hjerneslaget]] sitter han [[health|i rullestol]]',
    'jeg er [[health|gravid]] og trenger parkering ved inngangen',
    'Kona er [[health|innlagt]] på sykehus igjen',
    '[[health|Diabetesutstyret]] mitt er ikke levert',
    'psykt at dere ikke hjelper folk med [[health|psykisk lidelse]]',
    'broren min er [[health|narkoman]] og bor på gata',
    'Sykt bra konsert i går!',
    'Helt syk utsikt fra toppen',
    'Kreftene i elva er enorme',
    'Det er innlagt vann og strøm på tomta',
    'Når åpner det nye sykehuset?',
    'Legevakta har for dårlig parkering',
    'Kommuneøkonomien er inne i en økonomisk depresjon',
    'For døve ører taler vi når vi ber om asfalt',
    'Blindvei bør skiltes bedre',
    'samboeren har [[health|MS]] og trenger ramp',
    'Hun ble [[health|utbrent]] av jobben i kommunen',
    'faren har [[health|kols]] og tåler ikke vedfyringen deres',
    'Dette er sykelig dyrt',
    'krefter i sving på dugnad'
  ],
  nn: [
    'Mor er alvorleg [[health|sjuk]] og får ikkje plass',
    'Far har [[health|demens]] og bur åleine',
    'Eg er [[health|sjukmeldt]] på grunn av inneklimaet',
    'ho har [[health|leddgikt]] og kjem ikkje fram på isen',
    'Bror min har [[health|autisme]] og treng ro',
    'Mannen min vart [[health|innlagd]] i natt',
    '[[health|Depresjonen]] vart verre etter at tilbodet vart lagt ned',
    'Han har [[health|epilepsi]] og kan ikkje køyre',
    'Sjukt god stemning på festivalen',
    'Kreftene til elva tok brua',
    'Sjukehuset må ligge her',
    'Hytta har innlagt vatn',
    'Lammekjøt frå bygda er best',
    'Svigermor har [[health|lungekreft]] og ventar på heimesjukepleie',
    'eg har [[health|migrene]] av lyset frå skiltet',
    'Helsestasjonen har fine opningstider',
    'det er sjukleg dyrt å parkere'
  ]
}

export const childWelfare: Examples = {
  nb: [
    '[[child-welfare|Barnevernet]] kom på døra uten varsel',
    'vi sendte [[child-welfare|bekymringsmelding]] i mars',
    'De bor i [[child-welfare|fosterhjem]] nå',
    'Dette er [[child-welfare|omsorgssvikt]] og dere vet det',
    '[[child-welfare|barnevernssaken]] vår ligger på vent',
    'ingen [[child-welfare|akuttplassering]] er riktig sånn',
    'det [[child-welfare|barne vernet]] gjorde var feil',
    'de [[child-welfare|tok fra oss ungene]] i natt',
    'Barnevennlig badeplass ønskes',
    'Jeg er bekymret for skoleveien',
    'Mitt fosterland er Norge',
    'Hun studerer til barnevernspedagog, studiet er fint',
    '[[child-welfare|fostermora]] får ikke nok støtte',
    'venter på svar fra [[child-welfare|barnevernvakta]]',
    'vern om barna i trafikken'
  ],
  nn: [
    '[[child-welfare|Barnevernet]] svarar ikkje på telefon',
    'Han vaks opp i [[child-welfare|fosterheim]]',
    'Me har sendt [[child-welfare|bekymringsmelding]] om naboen',
    '[[child-welfare|barnevernstenesta]] må få fleire folk',
    'Etter [[child-welfare|omsorgsovertakinga]] har me ikkje høyrt noko',
    'Barnevenleg strand utan bølgjer',
    'Eg er uroa for gangbrua',
    '[[child-welfare|barnevernssaka]] er ikkje ferdig',
    'Bekymringa vår gjeld rasfaren'
  ]
}

export const socialBenefits: Examples = {
  nb: [
    '[[social-benefits|NAV]] har ikke utbetalt noe på to måneder',
    'lever på [[social-benefits|sosialhjelp]] og har ikke råd til buss',
    'jeg er [[social-benefits|uføretrygdet]] og betaler full pris?',
    'Får ikke [[social-benefits|bostøtte]] fordi dere surrer',
    'mistet [[social-benefits|dagpengene]] på grunn av dere',
    'hun går på [[social-benefits|AAP]] og trenger hjelp',
    'vi søkte om [[social-benefits|kommunal bolig]] i fjor',
    '[[social-benefits|nav]] kontoret i byen er stengt igjen',
    'Byttet nav på sykkelen, fant delen på gjenbruk',
    'Navnet på veien er feil skrevet',
    'Støtt laget, kjøp lodd',
    'Trygg trafikk for alle',
    'Det føles trygt å gå her nå',
    'sosiale medier er ikke stedet',
    'går på [[social-benefits|arbeidsavklaringspenger]] og får avslag',
    'Jeg ble kastet ut av [[social-benefits|sosialkontoret]]',
    'navla på postkassa er løs'
  ],
  nn: [
    '[[social-benefits|Nav]] svarar ikkje',
    'Eg er [[social-benefits|ufør]] og har ikkje råd til avgifta',
    'ho får [[social-benefits|sosialhjelp]] og skal flytte',
    'Ventar på [[social-benefits|bustøtte]] framleis',
    '[[social-benefits|Dagpengane]] kom ikkje denne veka heller',
    'Uføresette utgifter på vegen',
    'Namnet på skulen bør vere på nynorsk',
    'Trygge vegar for alle',
    'Navigasjonen sender lastebilar hit',
    '[[social-benefits|trygda]] strekk ikkje til straumen',
    'navet på hjulet er øydelagt'
  ]
}

export const crime: Examples = {
  nb: [
    'Han er [[crime|dømt]] for [[crime|vold]] og bor ved skolen',
    'Naboen selger [[crime|narkotika]] fra garasjen',
    'sykkelen min ble [[crime|stjålet]] på stasjonen',
    'styrelederen er [[crime|siktet]] for [[crime|underslag]]',
    'Det var [[crime|innbrudd]] hos oss i natt',
    'treneren ble [[crime|anmeldt]] for [[crime|overgrep]]',
    'han sitter i [[crime|fengsel]] nå',
    'jeg har søkt om [[crime|besøksforbud]] mot eksen',
    'Sjåføren er tatt for [[crime|promillekjøring]]',
    '[[crime|tyven]] som tok postkassa kan levere den',
    'Planen er dømt til å mislykkes',
    'Det har regnet voldsomt i dag',
    'Vi tyvstarter sommeren på torget',
    'Gardinene i kulturhuset er drapert stygt',
    'Festningens voller må slås',
    'Straffesparket var feil',
    'siktet mot mål og traff stolpen',
    'Innbruddsalarm kjøpes hvor?',
    'kompisen ble [[crime|ranet]] ved kiosken',
    'sjefen er [[crime|tiltalt]] for [[crime|bedrageri]]',
    'Dommeren tok feil i kampen',
    'ranværing i fri flyt'
  ],
  nn: [
    'Han vart teken for [[crime|valdtekt]]',
    'Det er [[crime|tjuveri]] kvar helg på kaia',
    'nokon [[crime|stjal]] båtmotoren min',
    '[[crime|Innbrot]] i naustet att',
    'Dei sel [[crime|hasj]] bak skulen',
    'Rekneskapsføraren er [[crime|sikta]] for [[crime|svindel]]',
    'Planen er dømd til å mislukkast',
    'Det regna valdsamt i natt',
    'Tjuvstart på sommaren i bygda',
    'Han sikta mot mål og bomma',
    'naboen driv med [[crime|smugling]] av sprit',
    'Det er [[crime|hærverk]] på lysløypa kvar veke',
    'vollgrava rundt slottet er tom'
  ]
}

export const religion: Examples = {
  nb: [
    'Som [[religion|muslim]] får jeg ikke mat på sykehjemmet',
    'Hun er [[religion|Jehovas vitne]] og vil ikke feire',
    'lærerne er [[religion|kristne]] og presser på',
    'jeg bruker [[religion|hijab]] og ble nektet bading',
    'Familien er [[religion|jødisk]] og trakasseres',
    'han er [[religion|læstadianer]] og sitter i nemnda',
    'vi er [[religion|ateister]] og vil ha annet opplegg',
    '[[religion|Menigheten]] vår får ikke leie lokalet',
    'Kristensen bygg har revet gjerdet',
    'Kirkegata er hullete',
    'Når er kirka åpen på julaften?',
    'Herregud så treg behandling',
    'Kristiansand er en fin by',
    'Jødekaker på kafeen smaker godt',
    'moskus på Dovre er flott',
    'Islandsk vær i dag',
    'han har meldt seg inn i [[religion|Frelsesarmeen]]',
    'naboene er [[religion|hinduer]] og feirer ute',
    'Kiosken på torget selger jordbær',
    'korsveien er stengt'
  ],
  nn: [
    'Ho er [[religion|muslim]] og ønskjer anna mat',
    'Dei er [[religion|pinsevenner]] og vil ikkje danse',
    'Eg er [[religion|katolikk]] og treng fri den dagen',
    'rektor er [[religion|humanetikar]] og nektar skulegudsteneste',
    'Me som er [[religion|truande]] vert gløymde',
    'Kyrkja treng ny maling',
    'Gudane veit når vegen kjem',
    'Kristenrosa blømer no',
    'Julemessa på torget var fin',
    'familien er [[religion|buddhistisk]]',
    'Dei som går i [[religion|moskeen]] treng parkering',
    'prestegarden er til sals'
  ]
}

export const union: Examples = {
  nb: [
    'Jeg er [[union|tillitsvalgt]] og får ikke svar fra ledelsen',
    'han er medlem i [[union|Fagforbundet]] og mistet jobben',
    'Alle i avdelingen er [[union|fagorganisert]]',
    '[[union|LO]] bør se på hvordan dere behandler vikarene',
    'Vi går ut i [[union|streik]] på mandag',
    '[[union|Fagforeningen]] min har fått nok',
    'Hun er [[union|hovedtillitsvalgt]] og ble omplassert',
    'Vi lo godt av skiltet',
    'Lo du også av det?',
    'Fotballforbundet bestemmer banestørrelsen',
    'PCen på biblioteket streiker igjen',
    'Kan vi delta på møtet?',
    'Jeg har tillit til dere',
    'forbudt å parkere',
    'ble oppsagt fordi jeg er medlem i [[union|Sykepleierforbundet]]',
    '[[union|plasstillitsvalgt]] ble aldri spurt',
    'Heisen streiker igjen'
  ],
  nn: [
    'Eg er [[union|tillitsvald]] på sjukeheimen',
    '[[union|Utdanningsforbundet]] har åtvara mot dette',
    'ho er [[union|fagorganisert]] og får ikkje vikartimar',
    '[[union|Streiken]] råkar oss hardt',
    'Skiforbundet vil ha løypa',
    'Bilen streika i bakken',
    'Tilliten er borte',
    'Me lo så me grein',
    '[[union|Fagforeininga]] er ikkje høyrd',
    'Mobilen streikar i tunnelen'
  ]
}

export const sexuality: Examples = {
  nb: [
    'Kompisen er [[sexuality|homofil]] og mobbes',
    'jeg er [[sexuality|lesbisk]] og ble hetset på bussen',
    'hun er [[sexuality|transkvinne]] og får ikke bruke garderoben',
    'Treneren er [[sexuality|skeiv]] og stolt',
    'han [[sexuality|kom ut av skapet]] i fjor',
    'de kaller ham [[sexuality|homse]] i skolegården',
    'Alle med [[sexuality|bifil]] bakgrunn ble nektet',
    'personen har [[sexuality|skiftet kjønn]]',
    'Skeive vegger i kommunehuset',
    'Transport til skolen mangler',
    'homogen masse i grøfta',
    'Transformatoren durer hele natta',
    'Bilen kom ut av garasjen',
    'vennen er [[sexuality|transgutt]] og trenger støtte',
    'hun lever i et [[sexuality|likekjønnet]] forhold',
    'Det går skeis med planen'
  ],
  nn: [
    'Læraren er [[sexuality|lesbisk]] og vert baksnakka',
    'Han er [[sexuality|homofil]] og flytta frå bygda',
    'Ho er open [[sexuality|transperson]]',
    '[[sexuality|skeiv ungdom]] treng ein møteplass',
    'Skiltet ved brua er skeivt',
    'Dei skeive stolpane må rettast',
    'Transporten er for dyr',
    'ho er [[sexuality|bifil]] og open om det',
    'Stolpen står skeivt etter stormen'
  ]
}

export const politicalView: Examples = {
  nb: [
    'Jeg [[political-view|stemmer FrP]] neste gang',
    'naboen er [[political-view|kommunist]] og styrer vellet',
    'Hun er [[political-view|medlem i Høyre]] og får alt hun ber om',
    'lærerne er [[political-view|venstrevridde]] hele gjengen',
    'Aldri mer [[political-view|Ap-velger]] etter dette',
    'jeg har alltid [[political-view|stemt på Senterpartiet]] men nei',
    'han der er [[political-view|høyreekstrem]] og leder klubben',
    '[[political-view|SV-ere]] i nabolaget vil stenge veien',
    'Ap er imot ny vei, og Høyre er for',
    'Mo i Rana har fått ny ferjeterminal med to soner for parkering',
    'Lederne i kommunen må ut i gatene, turen er organisert i samarbeid med laget',
    'Motoren har 150 HK og står på kaia',
    'Sving til høyre etter rundkjøringen',
    'Venstre felt er stengt',
    'Stopp for rødt lys!',
    'Stem på beste navn til parken',
    'Stemmer det at bassenget stenges?',
    'Ap og Høyre vedtok budsjettet i kommunestyret',
    'Formannskapet behandler saken tirsdag',
    'har [[political-view|meldt meg ut av Arbeiderpartiet]]',
    'Moren er [[political-view|MDG-er]] og hater biler',
    'Til venstre for døra står kassa'
  ],
  nn: [
    'Eg [[political-view|røystar Sp]] og er skuffa',
    'Han er [[political-view|medlem i Raudt]]',
    'ho er [[political-view|sosialist]] på sin hals',
    'Eg har [[political-view|røysta på Arbeidarpartiet]] i 30 år',
    '[[political-view|høgrevridd]] rektor igjen',
    'Ho vart vald til leiar i grendalaget',
    'Ta til høgre ved kyrkja',
    'Røyst på finaste bilete',
    'Kommunestyret vedtok planen mot røystene til Sp',
    'eg [[political-view|stemte Venstre]] sist',
    'dei er alle [[political-view|Frp-folk]] der oppe',
    'Raudt lys heile dagen'
  ]
}
