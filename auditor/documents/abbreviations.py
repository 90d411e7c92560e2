"""Words that matter to where a sentence ends: abbreviations by what may follow them, and words that begin one."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


NEVER = _set(
    """
    mr mrs ms messrs mx dr drs prof hon rev fr gen col lt capt cmdr adm maj sgt cpl pvt sen rep gov pres supt
    amb insp vs v cf viz approx ca eg e.g i.e ie resp esp incl excl mme mlle mgr hr fra frl dipl ing sig sigg
    dott ssa avv sr.a sra srta dra ud uds exmo exma dhr mevr drs phd.d doç öğr yrd z.b d.h u.u s.o s.u v.a m.e
    m.a.w o.g bzw vgl ggf evtl inkl exkl zzgl sog insb bspw geb gest gegr etwa.a c.-à-d p.ex env av p.ej aprox
    núm ej.em bijv m.in np tzn tzw t.ex bl.a f.eks eks т.е т.к т.н напр им ул см ср проф акад д-р тыс.руб св гр
    тов ts ths gs tp pgs
    """
)
"""After these a sentence goes on."""

BEFORE_NUMBER = _set(
    """
    no nos nr nrs fig figs figg eq eqs eqn eqns vol vols p pp pg pgs ch chs chap sec sect secs tab tabs ref refs
    art arts app ex exs thm lem cor prop def sect para par op ser ver ed eds lic bd abb abs kap s ss z ziff rz
    rn anm pág págs pag pagg cap caps núm núms n рис стр табл гл с п пп ст № ч т c r b d fl est tel ext
    """
)
"""Before a number, a letter or a Roman numeral these are abbreviations; elsewhere they may be words."""

MAYBE = _set(
    """
    inc corp ltd co cos llc plc bros gmbh ag s.a s.p.a s.r.l jr sr esq al st ste mt ft ave blvd rd hwy dept univ
    assn assoc bldg dist govt natl intl jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu
    thur thurs fri sat sun ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo
    mont neb nev okla ore pa tenn tex va vt wash wis wyo min max avg hr hrs sec secs oz lb lbs in ft yd mi sq cu
    kg km cm mm tbsp tsp temp orig publ repr trans rev ca est anon dep div ed eds fed inst lab lib mfg misc mun
    mio mrd jh jhd str tel mwst okt dez mai jän janv févr avr juil déc ene abr ago dic gen lug set ott enr etc.a
    bc ad b.c a.d j.-c n.chr v.chr ee uu ee.uu pvt cie г гг в вв тыс млн млрд трлн руб коп долл чел др пр к р
    обл yy vb tic şti
    """
)
"""These end a sentence where the next word is one that begins sentences."""

ENDING = _set(
    """
    etc usw ecc enz itd itp vb.g u.s.w т.д т.п и.т.д am a.m pm p.m osv m.fl
    """
)
"""These end a sentence where a capital follows."""

AFTER_TIME = _set(
    """
    est edt cst cdt mst mdt pst pdt et ct mt pt gmt utc bst cet cest ist jst kst eastern central pacific monday
    tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december
    """
)
"""After "5 p.m." these belong to the time."""

GERMAN_ORDINAL_BEFORE = _set(
    """
    am der die das dem den des im vom zum zur beim bis seit und ab ein eine einen einem jeder jeden ihr ihre
    ihrem sein seine seinem seinen wilhelm heinrich friedrich ludwig karl papst
    """
)
"""Before these, in German, "5." is an ordinal: "am 5. Mai"."""

MONTHS = _set(
    """
    januar jänner februar märz april mai juni juli august september oktober november dezember jahrhundert
    jahrhunderts klasse platz weltkrieg
    """
)
"""After a number and a stop these go on with it, in German."""

STARTERS = _set(
    """
    The A An It He She They We You I This That These Those In On At By For From With As After Before When While
    If Although Though However But And So Yet Then There Here His Her Its Their Our My Your What Who Why How
    Where Since Because Until Among Under Over During Despite Moreover Furthermore Meanwhile Nevertheless
    Nonetheless Thus Hence Therefore Also Both Each Every Many Most Some Several All Not None One Two Three
    Another Other Others Such To Is Are Was Were Did Does Do Has Have Had Can Could Would Should Will According
    Additionally Once Only Even Or Nor Later Today Recently Finally First Second Third Next Soon Still Today
    Yesterday Unlike Like Through Throughout Within Without Between Instead Der Die Das Ein Eine Er Sie Es Wir
    Ich Im Am Auf Bei Mit Nach Seit Von Zu Zum Zur Als Wenn Weil Dieser Diese Dieses Sein Seine Ihr Ihre Aber
    Und Auch Doch Dabei Dann Danach Heute Dort Damit Le La Les Un Une Il Elle Ils Elles On Nous Vous Ce Cette
    Ces Son Sa Ses En Au Aux Dans Par Pour Avec Sur Mais Et Puis Selon Depuis Après Avant Cela El Los Las Una
    Ella Ellos Por Para Con Su Sus Se Pero Según Desde Después Esta Este Esto Lo Gli Lui Lei Nel Nella Per Ma
    Dopo Questo Questa O Os As Um Uma Ele Ela Em Com Mas Depois Isso Na De Het Een Hij Zij Wij Dit Dat Bu Bir
    Ini Itu Он Она Оно Они Мы В На С По Это Эта Этот Но И А После Для Как Его Её Их
    """
)
"""Words that begin a sentence far more often than they follow an abbreviation with a capital."""

NAME_PARTS = _set(
    """
    De Le La Von Van Das Los El Du Da Di Do Dos Al An Las Lo De' Zu Zum O A I Bu
    """
)
"""Of those, what may follow an initial inside a name."""

SHOUTS = _set(
    """
    Yahoo! Jeopardy! Oklahoma! Moulin-Rouge! Rouge! Mia! Joomla! Guess? Wham! Oliver! Airplane! Eek!
    """
)
"""Names that end in a mark."""
