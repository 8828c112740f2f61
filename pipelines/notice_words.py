"""What notices of missing pages say beside the phrases of `phrase_tables.missing`, as `words.plain` leaves it.

A phrase here means nothing alone and is no sign: it counts only within a notice, where every sentence is known.
"""

from __future__ import annotations

PAGE_WORDS = (
    *("page", "seite", "página", "pagina", "sidan", "siden", "sivu", "stron", "stránk", "oldal", "sayfa", "σελίδα"),
    *("страниц", "сторінк", "ページ", "页", "頁", "网址", "페이지", "الصفحة", "صفحه", "הדף", "העמוד", "หน้า"),
    *("trang", "halaman", "पृष्ठ", "पेज"),
)
"""Words for a page; a phrase without one ("not found") may speak of anything."""

MORE_MISSING = (
    *("page no longer exists", "page could not be found", "page can't be found", "page you were looking for"),
    *("page you are looking for", "page you requested", "nothing was found at this location"),
    *("seite existiert nicht", "aufgerufene seite konnte", "seite ist nicht verfügbar", "seite nicht finden"),
    *("seite nicht (mehr)", "seite nicht mehr", "seite gibt es nicht", "seite wurde verschoben"),
    *("page n'existe plus", "page n'existe pas", "page n'est pas disponible", "page que vous recherchez"),
    *("page que vous demandez", "pas trouvé la page", "page a été supprimée", "page a été déplacée"),
    *("página no está disponible", "página ya no existe", "página que buscas", "encontrado la página"),
    *("página ha sido eliminada", "página fue eliminada", "página no existe", "página no disponible"),
    *("pagina non è disponibile", "pagina non esiste più", "pagina è stata rimossa", "pagina non è stata trovata"),
    *("página não existe mais", "página já não existe", "página foi removida", "página não foi encontrada"),
    *("pagina bestaat niet meer", "pagina is verwijderd", "pagina is verplaatst", "pagina niet vinden"),
    *("sidan finns inte längre", "sidan är inte tillgänglig", "siden er ikke tilgængelig", "siden er fjernet"),
    *("siden er ikke tilgjengelig", "siden finnes ikke lenger", "sivu ei ole saatavilla", "sivu on poistettu"),
    *("strona jest niedostępna", "strona już nie istnieje", "strona, której szukasz", "podana strona"),
    *("strona została usunięta", "stránka není dostupná", "stránka již neexistuje", "stránka byla odstraněna"),
    *("stránka nie je dostupná", "az oldal nem elérhető", "oldal már nem létezik", "pagina nu este disponibilă"),
    *("pagina nu mai există", "sayfa kullanılamıyor", "sayfa artık mevcut değil", "böyle bir sayfa yok"),
    *("sayfa kaldırılmış", "σελίδα δεν είναι διαθέσιμη", "σελίδα δεν υπάρχει πλέον"),
    *("страница недоступна", "страница больше не существует", "страница была удалена", "страницы нет"),
    *("страница не существует", "страница перемещена", "сторінка недоступна", "сторінка більше не існує"),
    *("сторінку видалено", "страницата не е достъпна", "страницата вече не съществува"),
    *(
        "ページはご利用いただけません",
        "ページは削除",
        "ページは存在し",
        "ページは移動",
        "ページは現在",
        "ページは見つかり",
    ),
    *("ページは表示できません", "ページが存在し", "指定されたページ", "お探しのページ"),
    *("页面不可用", "页面已不存在", "页面不存在", "页面未找到", "页面已被删除", "页面无法访问", "頁面不可用"),
    *("頁面已不存在", "頁面不存在", "頁面已被刪除", "访问的页面", "訪問的頁面"),
    *("페이지를 사용할 수 없습니다", "페이지가 더 이상 존재하지", "페이지가 삭제", "페이지를 찾을 수"),
    *("الصفحة غير متاحة", "الصفحة غير متوفرة", "الصفحة لم تعد", "الصفحة غير موجودة", "الصفحة التي تبحث عنها"),
    *("على الصفحة المطلوبة", "حذف الصفحة", "صفحه در دسترس نیست", "صفحه دیگر وجود ندارد", "הדף אינו זמין"),
    *("הדף אינו קיים", "העמוד אינו קיים", "trang không khả dụng", "trang này không tồn tại"),
    *("halaman tidak tersedia", "halaman tidak lagi", "halaman ini tidak", "पृष्ठ उपलब्ध नहीं", "पेज उपलब्ध नहीं"),
)
"""Sentences by which a notice says that a page is missing, more of them than a title has."""

FOLLOW_UPS = (
    # en
    *("check the address", "check the url", "check the link", "check the spelling", "check that the", "links below"),
    *("go back to", "return to the", "back to the home", "back to home", "try searching", "try a search"),
    *(
        "try one of the links",
        "use the search",
        "search our site",
        "visit our home",
        "visit the home",
        "go to the home",
    ),
    *("requested content", "may have been moved", "might have been moved", "has been moved or", "was moved or deleted"),
    *("mistyped the address", "typed the address", "link may be broken", "link is broken", "nothing was found"),
    *("homepage", "report this error", "contact us if"),
    # de
    *("adresse prüfen", "überprüfen sie", "prüfen sie die", "prüfen sie bitte", "links unten", "zur startseite"),
    *("nutzen sie die", "auf der startseite", "auf der titelseite", "zurück zur", "möglicherweise verschoben"),
    *("verschoben oder gelöscht", "verschoben oder entfernt", "gelöscht oder verschoben", "untenstehenden links"),
    *("verwenden sie die suche", "versuchen sie es", "nutzen sie unsere suche"),
    # fr
    *("vérifiez l'adresse", "vérifier l'adresse", "vérifiez l'url", "vérifier l'url", "liens ci-dessous"),
    *("retour à l'accueil", "retourner à l'accueil", "page d'accueil", "moteur de recherche", "contenu demandé"),
    *("effectuez une recherche", "a été déplacé", "a été supprimé", "utilisez la recherche"),
    # es
    *("verifique la dirección", "compruebe la dirección", "comprueba la dirección", "verifica la dirección"),
    *("verifica la url", "enlaces siguientes", "siguientes enlaces", "página de inicio", "página principal"),
    *("el buscador", "contenido solicitado", "utilice la búsqueda", "vuelve al inicio", "volver al inicio"),
    *("ha sido eliminad", "ha sido movid", "volver a la portada"),
    # it, pt
    *("verifica l'indirizzo", "controlla l'indirizzo", "link qui sotto", "link sottostanti", "torna alla home"),
    *("pagina iniziale", "pagina principale", "usa la ricerca", "è stata rimossa", "è stata spostata"),
    *("verifique o endereço", "links abaixo", "página inicial", "use a busca", "foi removid", "foi movid"),
    # nl, sv, da, no, fi
    *("controleer het adres", "onderstaande links", "terug naar de home", "naar de homepage", "gebruik de zoek"),
    *("kontrollera adressen", "länkarna nedan", "till startsidan", "använd sök", "flyttats eller tagits bort"),
    *("tjek adressen", "kontroller adressen", "til forsiden", "linkene nedenfor", "tarkista osoite", "etusivulle"),
    # pl, cs, sk, hu, ro
    *("sprawdź adres", "poniższych linków", "stronę główną", "strony głównej", "wyszukiwark", "została usunięta"),
    *("zkontrolujte adresu", "na hlavní stránku", "na úvodní stránku", "skontrolujte adresu", "ellenőrizze a címet"),
    *("vissza a főoldalra", "a kezdőlapra", "verificați adresa", "pagina principală"),
    # tr, el
    *("adresi kontrol", "ana sayfa", "anasayfa", "aşağıdaki bağlantı", "aramayı kullan", "ελέγξτε τη διεύθυνση"),
    *("αρχική σελίδα",),
    # ru, uk, bg
    *("проверьте адрес", "на главную", "ссылками ниже", "воспользуйтесь поиском", "правильность адреса"),
    *("перевірте адресу", "на головну", "скористайтеся пошуком", "проверете адреса", "към началната"),
    # ja, zh, ko
    *("urlをご確認", "アドレスをご確認", "トップページ", "リンクをご利用", "urlが変更", "検索してください"),
    *("ホームに戻る", "请检查", "請檢查", "返回首页", "返回首頁", "回到首页", "尝试搜索", "使用搜索", "使用下面的链接"),
    *("已被删除或", "주소를 확인", "홈으로", "메인으로"),
    # ar, fa, he, vi, id, hi
    *("التحقق من العنوان", "التحقق من الرابط", "الصفحة الرئيسية", "الروابط أدناه", "استخدام البحث", "تم حذف"),
    *("صفحه اصلی", "آدرس را بررسی", "לדף הבית", "לעמוד הבית", "בדקו את הכתובת", "về trang chủ", "kiểm tra địa chỉ"),
    *("kembali ke beranda", "periksa alamat", "होम पेज"),
)
"""What such a notice says next; removed only beside a phrase that speaks of the missing page."""

EXCLAMATIONS = frozenset(
    {
        *("oops", "ooops", "whoops", "uh oh", "sorry", "hoppla", "ups", "huch", "oups", "désolé", "mince", "vaya"),
        *("lo sentimos", "ops", "siamo spiacenti", "desculpe", "helaas", "hoppsan", "beklager", "przepraszamy"),
        *(
            "üzgünüz",
            "к сожалению",
            "упс",
            "извините",
            "ой",
            "申し訳ございません",
            "申し訳ありません",
            "抱歉",
            "对不起",
        ),
        *(
            "很抱歉",
            "죄송합니다",
            "عذرا",
            "عذراً",
            "404",
            "404 error",
            "error 404",
            "fehler 404",
            "erreur 404",
            "erro 404",
        ),
        *("errore 404", "404 hatası", "hata 404", "ошибка 404", "błąd 404", "chyba 404", "fout 404", "خطأ 404"),
        *("404 错误", "404错误", "404エラー", "404 not found", "not found", "404 page"),
    }
)
"""Sentences or headings that a notice begins with and that say nothing alone."""
