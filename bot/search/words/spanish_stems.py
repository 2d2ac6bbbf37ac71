"""Forms of Spanish verbs that Snowball's stemmer does not bring together: "abro, abre, abrir", "empieza, empezar".

Snowball leaves the ending of short verbs, and the vowels and letters that change in a stem.
"""

from __future__ import annotations

import re

# An infinitive and those of its forms that its ending or its vowels do not show.
_FORMS = """
    abrir abro abres abre abrimos abren abra abras abran abriendo abierto abierta abiertos abiertas abrio abrieron
    conseguir consigo consigue consiguen consiguio
    cubrir cubierto cubierta
    elegir elijo elige eligen eligio
    escribir escrito escrita
    hacer hago hecho hecha hechos hechas hice hizo haga hagas hagan hicieron
    imprimir impreso impresa
    leer leo lees lee leemos leen lea lean leyendo leido leida leyo leyeron
    medir mido mide miden
    oir oigo oyes oye oyen oiga oido oyo
    pedir pido pides pide piden pidio
    poner pongo puesto puesta puse puso ponga pongan pusieron
    repetir repito repite repiten repitio
    romper roto rota
    salir salgo salga salgan
    seguir sigo sigues sigue siguen siguio
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
_VOWELS = (re.compile(r"ie(?=[^aeiou])"), "e"), (re.compile(r"(?<![gq])ue(?=[^aeiou])"), "o")
# The same sound at the end of a stem: "busc" and "busqu", "pag" and "pagu", "empez" and "empec".
_ENDINGS = ("qu", "c"), ("gu", "g"), ("z", "c")


def regular_form(word: str) -> str:
    """The infinitive of a word that is an irregular form of a verb; any other word as it is."""
    return _INFINITIVES.get(word, word)


def with_plain_vowels(stem: str) -> str:
    """A stem without what changes in it: "empec" of "empiez", "cost" of "cuest"."""
    for pattern, plain in _VOWELS:
        stem = pattern.sub(plain, stem)
    for ending, plain in _ENDINGS:
        if stem.endswith(ending):
            return stem.removesuffix(ending) + plain
    return stem
