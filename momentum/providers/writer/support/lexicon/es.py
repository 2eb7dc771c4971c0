"""Spanish."""

from __future__ import annotations

from momentum.providers.writer.support.lexicon.lexicon import Lexicon

LEXICON = Lexicon(
    code="es",
    marks={
        "nothing": "no solo|no sólo|no solamente|más o menos|sobre todo|sin duda|sin embargo|a más tardar|con todo",
        "not": "no|nunca|jamás|nadie|nada|ninguno|ninguna|ningún|ni|tampoco|ya no|evita|evitan|evitar|impide"
        "|impiden|impedir|incapaz de|carece de|carecen de",
        "only": "solo|sólo|solamente|únicamente|exclusivamente|nada más que|sino",
        "except": "excepto|salvo|menos los|menos las|a excepción de|con excepción de|aparte de|exceptuando|pero no",
        "if": "si|cuando|en caso de|en caso de que|siempre que|con tal de que|a condición de que|una vez que"
        "|tan pronto como",
        "unless": "a menos que|a no ser que|salvo que|si no|salvo si|excepto si|excepto cuando",
        "until": "hasta|hasta que",
        "before": "antes de|antes de que|antes del|antes",
        "after": "después de|después de que|después del|tras|después|luego de",
        "because": "porque|debido a|debido al|a causa de|a causa del|por culpa de|gracias a|gracias al|ya que"
        "|puesto que",
        "more": "más|mayor|mayores",
        "less": "menos|menor|menores",
        "as": "tanto como|tantos como|igual que",
        "all": "todo|toda|todos|todas|cada|siempre|cualquier|cualquiera|ambos|ambas|entero|entera|en todo momento",
        "some": "algunos|algunas|algún|alguna|ciertos|ciertas|varios|varias|a veces|en ocasiones|ocasionalmente"
        "|en parte"
        "|parcialmente|unos|unas",
        "most": "la mayoría de|la mayoría|la mayor parte de|mayormente|principalmente|sobre todo"
        "|mayoritariamente|casi todos"
        "|casi todas",
        "few": "pocos|pocas|apenas|una minoría de|muy pocos|casi ninguno",
        "must": "debe|deben|debemos|tiene que|tienen que|hay que|es necesario|es obligatorio|es preciso"
        "|obligado a|ha de"
        "|han de|obligados a|debes|debía|debían",
        "should": "debería|deberían|conviene|se recomienda|es recomendable|es aconsejable|se aconseja|deberías",
        "may": "puede|pueden|podría|podrían|quizá|quizás|tal vez|probablemente|posiblemente|es posible|capaz de"
        "|capaces de"
        "|permite|suele que|podía|podían|se pueden|puedes",
        "often": "a menudo|con frecuencia|frecuentemente|normalmente|generalmente|habitualmente|por lo general|suele"
        "|suelen|en general|usualmente|por regla general",
        "rarely": "rara vez|raramente|pocas veces|casi nunca",
        "about": "aproximadamente|alrededor de|cerca de|unos|unas|casi|más o menos|en torno a",
        "min": "al menos|por lo menos|como mínimo|no menos de|un mínimo de|o más|mínimo",
        "max": "como máximo|a lo sumo|no más de|un máximo de|o menos|máximo|hasta un|como mucho",
        "over": "más de|superior a|superiores a|por encima de|mayor de|mayores de",
        "under": "menos de|inferior a|inferiores a|por debajo de|menor de|menores de|bajo",
        "daily": "cada día|todos los días|al día|por día|una vez al día|diariamente|diario|diaria|a diario",
        "weekly": "cada semana|todas las semanas|a la semana|por semana|una vez a la semana|semanalmente|semanal",
        "monthly": "cada mes|todos los meses|al mes|por mes|una vez al mes|mensualmente|mensual",
        "yearly": "cada año|todos los años|al año|por año|una vez al año|anualmente|anual",
        "hourly": "cada hora|por hora|a la hora",
        "than": "que",
        "from": "de|del|desde",
        "to": "a|al|hacia|hasta",
        "by": "por",
        "without": "sin",
        "instead": "en lugar de|en vez de",
    },
    light="el la los las un una uno lo este esta estos estas ese esa esos esas aquel y e o u pero en con para"
        " como se su"
    " sus le les me mi tu él ella ellos ellas nos nuestro es son ser era eran fue fueron sido siendo está están estar"
    " estaba estaban ha han haber había habían hay hace hacen hacer tiene tienen tener muy también así entonces donde"
    " cual cuales cuyo quien mientras durante entre sobre ante contra según mismo misma propio propia otro otra otros"
    " ya aún todavía mucho mucha muchos muchas tan tanto forma manera cosa tipo caso cantidad número vez veces tiempo"
    " dar da dan llamar llama llamado llamada encuentra encuentran usted ustedes qué cómo pues aunque entre sí ello",
    same="""empezar comenzar iniciar|terminar acabar finalizar concluir|grande enorme gran|pequeño diminuto
comprar adquirir
construir edificar levantar|mostrar enseñar indicar|ayudar asistir apoyar|rápido veloz
importante esencial fundamental clave
recoger recolectar reunir cosechar|guardar conservar almacenar|necesitar requerir precisar|elegir escoger seleccionar
cambiar modificar alterar|explicar describir|producir crear generar elaborar fabricar|recibir obtener conseguir
destruir arruinar|niño|médico doctor|enfermedad dolencia|casa hogar vivienda|coche automóvil carro|trabajo tarea labor
persona gente humano|error fallo|difícil duro complicado|fácil sencillo simple|rico adinerado|incorrecto falso erróneo
correcto cierto verdadero|húmedo mojado|país nación|ciudad|calle|zona región área|parte porción trozo
encontrar hallar descubrir
ocurrir suceder pasar|contener incluir|permitir autorizar|prohibir vetar|eliminar quitar retirar|añadir agregar
cerrar|hablar conversar|decir|responder contestar|intentar tratar probar|comprobar verificar revisar examinar
conectar unir enlazar|dividir separar partir|proteger resguardar|dañar perjudicar|matar|morir|vivir habitar residir
comer consumir alimentar|caro costoso|barato económico|método técnica procedimiento|resultado consecuencia
objetivo meta fin propósito|regla norma|ley|empresa compañía|empleado trabajador|alumno estudiante|profesor maestro
imagen foto fotografía|mar océano|bosque|piedra roca|suelo tierra|transportar llevar|enviar mandar|preparar
cocer hervir cocinar|calentar|enfriar refrigerar|cubrir tapar|reparar arreglar|sustituir reemplazar cambiar
reducir disminuir bajar baja|aumentar incrementar crecer subir|mejorar|durar|borrar eliminar
aparato máquina dispositivo
herramienta|sustancia material|suficiente bastante|último|primero|principal|peligro riesgo|seguro|regar
usar utilizar emplear|fundar|preguntar|anterior previo|colmena|colonia|entrar|salir abandonar|pulsar presionar
precio coste costo|pagar abonar|borde orilla|mover desplazar|alcanzar|rodear|cruzar atravesar|medir|pesar
escribir redactar
inventar|publicar|gobernar|ganar|vencer derrotar|llegar|viajar ir|abrir|poner colocar situar|temperatura""",
    opposite="""aumentar incrementar crecer subir / disminuir reducir bajar decrecer caer descender
empezar comenzar iniciar / terminar acabar finalizar|caliente cálido calentar calor / frío enfriar|alto / bajo baja
grande / pequeño|largo / corto|temprano / tarde|viejo antiguo / joven nuevo moderno|rápido / lento|fuerte / débil
claro / oscuro|ligero / pesado|húmedo mojado / seco|abrir abierto / cerrar cerrado|lleno / vacío
bueno bien mejor / malo mal peor
correcto verdadero cierto / incorrecto falso|seguro / peligroso inseguro|fácil / difícil|rico / pobre|barato / caro
grueso / delgado fino|ancho / estrecho|profundo / superficial|duro / blando|áspero / liso suave|limpio / sucio
vivo vivir / muerto morir|permitir / prohibir impedir|aceptar / rechazar|añadir agregar / quitar eliminar
ganar / perder
amar / odiar|comprar / vender|dar / recibir quitar|enviar / recibir|empujar / tirar|entrar / salir
llegar / partir salir
dentro interior / fuera exterior|encima arriba / debajo abajo|izquierdo izquierda / derecho derecha|norte / sur
este / oeste
primero / último|máximo / mínimo|macho hombre masculino / hembra mujer femenino|día / noche|mañana / tarde noche
verano / invierno|primavera / otoño|éxito / fracaso|positivo / negativo|público / privado|siempre / nunca
recordar / olvidar
construir / destruir|atacar / defender|expandir dilatar / contraer|atraer / repeler|delante / detrás
superior / inferior
mayor más / menor menos|mucho / poco|bloquear / desbloquear|activar / desactivar|presente / ausente
dulce / amargo agrio
ácido / alcalino|líquido / sólido|incluir / excluir|pregunta / respuesta|mejorar / empeorar|ahorrar / gastar malgastar
cerca cercano / lejos lejano|visible / invisible|raro / común frecuente|antes / después|fresco / rancio podrido
profesor / alumno|padre / hijo|crudo / cocido|maduro / verde|flojo / apretado|igual mismo / diferente distinto
voluntario / obligatorio|gratuito / pago|ayudar beneficioso / dañar perjudicial perjudicar|importar / exportar
con / sin
causar provocar / impedir evitar|encender / apagar|salida / puesta|útil / inútil""",
    numbers={
        "cero": 0, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9,
        "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciséis": 16,
        "diecisiete": 17,
        "dieciocho": 18, "diecinueve": 19, "veinte": 20, "veinticinco": 25, "treinta": 30, "cuarenta": 40,
        "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90, "cien": 100, "ciento": 100,
        "doscientos": 200, "trescientos": 300, "quinientos": 500, "mil": 1000, "millón": 1_000_000,
        "millones": 1_000_000, "docena": 12, "medio": 0.5, "media": 0.5, "mitad": 0.5, "doble": 2, "triple": 3,
        "primer": 1, "primera": 1, "primero": 1, "segundo": 2, "segunda": 2, "tercer": 3, "tercera": 3, "tercero": 3,
        "cuarto": 4, "cuarta": 4, "quinto": 5, "quinta": 5,
    },
    articles="un una",
    months="enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes"
    " miércoles jueves viernes sábado domingo",
    negating=("in", "im", "i", "ir", "des", "dis", "anti"),
    lacking=(),
    passive="es son fue fueron ser sido era eran siendo",
    participle=r"[aeiu]do|[aeiu]da|[aeiu]dos|[aeiu]das|to|ta|tos|tas|cho|cha",
    places="en con para sobre ante contra durante entre dentro",
    linking="ser estar tener haber",
    splits="pero mientras y e aunque",
    leaning="este esta esto estos estas ese eso ello él ella ellos ellas su sus lo",
    units={
        "metro metros": "m", "kilómetro kilómetros": "km", "centímetro centímetros": "cm",
        "milímetro milímetros": "mm",
        "gramo gramos": "g", "kilogramo kilogramos kilo kilos": "kg", "miligramo miligramos": "mg",
        "tonelada toneladas": "t",
        "litro litros": "l", "mililitro mililitros": "ml", "segundos": "s", "minuto minutos": "min",
        "hora horas": "h", "día días": "d", "semana semanas": "wk", "mes meses": "mo", "año años": "yr",
        "década décadas": "dec", "siglo siglos": "cent", "por ciento": "%", "grados celsius": "°C", "grados": "°",
        "grado": "°", "euro euros": "€", "dólar dólares": "$", "hectárea hectáreas": "ha", "metros cuadrados": "m²",
        "kilómetros cuadrados": "km²", "vatio vatios": "W", "kilovatio kilovatios": "kW",
    },
)  # fmt: skip
