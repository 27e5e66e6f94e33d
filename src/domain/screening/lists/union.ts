import type { PhraseList } from './phrase-list.ts'

/** Membership in unions and what unions do. */
export const union: PhraseList = {
  telling: `
    klubbleder~, klubbleiar~
    fagforening*, fagforeining*, fagforbund, Fagforbundet, fagforbundet, fagorganisert*, fagorganisering*, uorganisert~, *tillitsvalgt, *tillitsvalgte, tillitsvalgt*, *tillitsvald, *tillitsvalde, tillitsvald*, plasstillitsvalgt*
    LO, LOs, YS, Unio, NITO, Tekna, Akademikerne, Negotia, Industri Energi, Fellesforbundet, Utdanningsforbundet, utdanningsforbundet, fellesforbundet, *forbundet, *forbundets, sykepleierforbund*, sjukepleiarforbund*, FO, NTL, NNN, EL og IT, Lærarlaget, Norsk Lektorlag, lektorlaget
    streik, streiken, streika, streiket, streikar, streikende, streikande, streikebryt*, streikebrytar*, streikevakt*, streikerett*, *streik, *streiken, lockout*, lønnskonflikt*, lønskonflikt*
    medlem i|av Delta|Parat|Creo|Lederne|Skolelederforbundet, organisert|organiserte|organisere … fagforening*|fagforeining*|LO|*forbundet, klubbleder i, klubbleiar i, verneombud*, lokallag* i Delta, frontfag*`,
  harmless: `
    *fotballforbundet, *skiforbundet, *idrettsforbundet, *håndballforbundet, *handballforbundet, *speiderforbundet, *korforbundet, *musikkforbundet, *danseforbundet, *jegerforbundet, *bridgeforbundet, *cykleforbundet, *orienteringsforbundet, *skytterforbundet, *hundeforbundet, *friidrettsforbundet, *svømmeforbundet, *forsvarsforbundet, *blindeforbundet, *astmaforbundet, *diabetesforbundet, *huseierforbundet, *pensjonistforbundet, *bilforbundet, *forsvarsforbundet, *handikapforbundet, *revmatikerforbundet, *motorsportforbundet, *hageforbundet, *allergiforbundet, *vennskapsforbundet, *naturforbundet, *naturvernforbundet, *bygdekvinneforbundet
    pc|pcen|pcn|bil|bilen|motor|motoren|mobilen|telefonen|maskinen|heisen|nettet|internett|wifi|kneet|ryggen|batteriet|lyset|appen|nettsiden|nettsida|skrivaren|skriveren|oppvaskmaskina … streik|streiket|streika|streiker|streikar, streiker|streikar|streika|streiket på|når pcen|datamaskinen|bilen
    organisert i grupper|lag|rekker|rekkjer|klubben|puljer, ys og yr, høyre og HK, sultestreik*, skolestreik*, skulestreik*, klimastreik*, godt organisert i, dugnaden … organisert i`
}
