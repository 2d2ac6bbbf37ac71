"""Forms of Spanish verbs that Snowball's stemmer does not bring together: "abro, abre, abrir", "empieza, empezar".

Snowball leaves the endings of short verbs, and the vowels and letters that change in a stem.
"""

from __future__ import annotations

from bot.search.words.verb_forms import stems_of_forms

# An infinitive and those of its forms that its ending or its vowels do not show.
_FORMS = """
    abrir abro abres abre abrimos abren abra abras abran abriendo abierto abierta abiertos abiertas abrio abrieron
    conseguir consigo consigue consiguen consiguio
    cubrir cubierto cubierta
    elegir elijo elige eligen eligio
    escribir escrito escrita
    hacer hago hecho hecha hechos hechas hice hizo haga hagas hagan hicieron
    imprimir impreso impresa
    jugar juego juegas juega juegan juegue jueguen
    leer leo lees lee leemos leen lea lean leyendo leido leida leyo leyeron
    medir mido mide miden
    oir oigo oyes oye oyen oiga oido oyo
    pedir pido pides pide piden pidio pida pidan
    poner pongo puesto puesta puse puso ponga pongan pusieron
    repetir repito repite repiten repitio
    romper roto rota
    salir salgo salga salgan
    seguir sigo sigues sigue siguen siguio siga sigan
    servir sirvo sirve sirven sirvio
    traer traigo traiga traigan trajo trajeron
    usar uso usas usa usamos usan use usen usando usado usada
    venir vengo vienes viene vienen venga vengan
    ver veo ves vemos ven vea vean viendo visto
    volver vuelto vuelta
"""
_INFINITIVES = {
    form: infinitive
    for infinitive, *forms in (line.split() for line in _FORMS.strip().splitlines())
    for form in forms
}
# Verbs whose vowel changes: "empiezo", "cuesta".
_CHANGING = """
    acertar apretar atravesar calentar cerrar comenzar confesar despertar empezar encender entender fregar gobernar
    helar merendar mentir negar nevar pensar perder preferir querer recomendar regar tropezar
    acordar acostar almorzar apostar cocer colgar contar costar demostrar devolver doler dormir encontrar esforzar
    forzar llover moler morder morir mostrar mover probar recordar resolver rodar rogar soltar torcer tostar volar
    volver
"""
# The same sound at the end of a stem: "busc" and "busqu", "pag" and "pagu", "empez" and "empec".
_ENDINGS = ("qu", "c"), ("gu", "g"), ("z", "c")


def regular_form(word: str) -> str:
    """The infinitive of a word that is an irregular form of a verb; any other word as it is."""
    return _INFINITIVES.get(word, word)


def plain_stem(stem: str) -> str:
    """A stem without what changes in it: "empec" of "empiez", "cost" of "cuest"."""
    same = _with_plain_ending(stem)
    return _PLAIN.get(same, same)


def _with_plain_ending(stem: str) -> str:
    return next((stem.removesuffix(each) + plain for each, plain in _ENDINGS if stem.endswith(each)), stem)


_PLAIN = {
    _with_plain_ending(changed): _with_plain_ending(stem)
    for stem, *others in ([*stems_of_forms(verb)] for verb in _CHANGING.split())
    for changed in others
}
