import type { PhraseList } from './phrase-list.ts'

/** Offences, those who are said to have done them, and what police and courts do about it. */
export const crime: PhraseList = {
  telling: `
    knust|knuste|knuser … ruta|rutene|bilruta|vinduet|vindauget, brøt|braut|bryter|bryt seg inn, sittet|sete|satt inne, jukser|juksar|juksa|snyter … skatten|moms, knivstikk*, selges|selgast dop|hasj|narko, svindler, svindlar, overfalt*, dealer, tafs*, slo ned
    dømt, dømde, domfelt*, straffedøm*, straffedom*, straffbar*, straffesak*, forvaring*, fengsel, fengslet, fengsla, fengsels*, *fengsling*, soner|sonar|sona|sonet dom*|straff*|i fengsel,soner|sonar|sona|sonet dom*|straff*|ferdig, soning*, fotlenk*
    siktet, siktede, sikta, siktelse*, sikting*, tiltalt*, tiltale, tiltalen, tiltala, mistenkt*, varetekt*, arrester*, pågrep*, pågrip*, politianmeld*, polititiltale
    anmeldt, anmeldte, melde|meld|meldt|melder|melde|anmelder|anmelde … til politiet, voldtek*, valdtek*, valdteken, voldtatt*, voldtok, valdtok, overgrep*, overgrip*, *overgrep, *overgrepet, blotter*, blottar*, pedofil*
    vold, volden, vold mot, utsett|utsatt for vald, bruk av vald, brukte vald, valden, vald mot, for vald, voldelig*, valdeleg*, voldssak*, voldsdøm*, voldsforbryt*, *mishandl*, legemsbesk*, lekamsskad*, kroppsskad*, slått ned, slo ned, banka|banket|banke opp, banka|banket ned, juling, julte opp, skallet|skalla ned, rundjul*, slått|slo|slår|slår han|henne|ho|kona|kjæresten|kona|ungene|ungane|barna
    drap, drapet, drapsm*, drapssak*, drapstru*, drapsdøm*, drapsforsøk*, myrdet, myrda, mord, morder*, mordar*, ran, ranet, ranere, raneren, ransm*, *ran mot, væpna ran, væpnet ran
    tyv, tyven, tyver, tyvene, tyveri*, *tyveri, *tyveriet, tyvgods*, tjuv, tjuven, tjuvar, tjuvane, tjuveri*, tjuvgods*, stjal, stjålet, stjåle, stolen|stole sykkel|bil, stjeler, stel, innbrudd, innbruddet, innbrudds*, innbrot*, nasking, nasker, naskar, nasket
    narkotika*, narko, narkodømt, narkoselg*, narkosal*, narkoselj*, dealer*, dealar*, langer|langar narkotika|dop|hasj, hasj*, amfetamin*, kokain*, heroin*, dop, selger|sel|selje dop|hasj, doper
    ruskjør*, ruskøyr*, rus kjøring, promillekjør*, promillekøyr*, promilledømt, fyllekjør*, fyllekøyr*, kjører|køyrer|kjørte|køyrde full|fulle|rusa|ruset, råkjør*, kriminel*, lovbryt*, lovbrot*, ulovligheter
    svindl*, svindel*, bedrager*, bedrageri*, bedra, underslag*, underslått*, underslo*, korrup*, bestikk*, smugl*, heler, heleri*, hvitvask*, kvitvask*, skattesvik*, trygdesvindl*, trygdebedrag*, hærverk*, skadeverk*, skadevald*
    besøksforbud*, besøksforbod*, stalker*, stalking, trua … på livet, truet … på livet, trusler, truslar, trugsmål, utpress*, gjengkrim*, hatkrim*, ulovlig våpen|overvåking, påtenn*, ildspåsett*, mordbrann*, hallik*, menneskehand*`,
  harmless: `
    slo ned lynet, slo ned i|på, lynet slo ned
    dømt|dømde til å mislykkes|mislukkast|mislykkast|feile, dømt nord|ned, dødsdømt, offside dømt, dømt straffe|frispark|offside, siktet mot|inn|på, sikta mot|inn|på, straffespark, tyvstart*, tjuvstart*, tyvtitt*, tjuvtitt*, ran av vinden
    innbruddsalarm*, innbruddssikr*, fengsel museum*|museet|museum, straff* i fotballkamp*, mord i|på bøker|rettskriv*|språket, drap i krim*|serien|bok*, mordi*, fjellvett* straff, volder, voldgift*, voldte, vold mot det norske språk, hærverket mot sansene
    bedra* seg, tiltale til, ran på, tyven … filmen|kameret, bestikk, bestikket, bestikka, kriminelt godt|bra|gode|god, kriminelt`
}
