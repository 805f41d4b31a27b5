using System.Globalization;

namespace Cvm.Engine;

/// <summary>The words that the layout itself says, in the language of the template; English where it does not speak it.</summary>
sealed record Footers(string Promotional, string Service, string Transactional, string Unsubscribe, string Preferences, string OffWords, string UntilWords)
{
    static readonly Footers English = new(
        "You get this e-mail because you agreed to news and offers from {0}.",
        "You get this e-mail because you are a customer of {0}.",
        "You get this e-mail because it is about your account or order with {0}.",
        "Unsubscribe", "Preferences", "{0} off", "Valid until {0}");

    static readonly ImmutableSortedDictionary<string, Footers> All = new Dictionary<string, Footers>(StringComparer.Ordinal)
    {
        ["de"] = new(
            "Sie erhalten diese E-Mail, weil Sie Neuigkeiten und Angeboten von {0} zugestimmt haben.",
            "Sie erhalten diese E-Mail, weil Sie bei {0} Kunde sind.",
            "Sie erhalten diese E-Mail, weil es um Ihr Konto oder Ihre Bestellung bei {0} geht.",
            "Abmelden", "Einstellungen", "{0} Rabatt", "Gültig bis {0}"),
        ["es"] = new(
            "Recibe este correo porque aceptó recibir novedades y ofertas de {0}.",
            "Recibe este correo porque es cliente de {0}.",
            "Recibe este correo porque se refiere a su cuenta o pedido en {0}.",
            "Darse de baja", "Preferencias", "{0} de descuento", "Válido hasta el {0}"),
        ["fr"] = new(
            "Vous recevez cet e-mail car vous avez accepté les actualités et les offres de {0}.",
            "Vous recevez cet e-mail car vous êtes client de {0}.",
            "Vous recevez cet e-mail car il concerne votre compte ou votre commande chez {0}.",
            "Se désabonner", "Préférences", "{0} de réduction", "Valable jusqu'au {0}"),
        ["ja"] = new(
            "このメールは、{0}からのお知らせと特典の受信に同意された方にお送りしています。",
            "このメールは、{0}をご利用の方にお送りしています。",
            "このメールは、{0}でのアカウントまたはご注文に関するものです。",
            "配信停止", "配信設定", "{0}割引", "{0}まで有効"),
        ["zh"] = new(
            "您收到这封邮件，是因为您同意接收{0}的优惠和资讯。",
            "您收到这封邮件，是因为您是{0}的顾客。",
            "您收到这封邮件，是因为它与您在{0}的账户或订单有关。",
            "退订", "偏好设置", "优惠{0}", "有效期至{0}"),
        ["zh-hant"] = new(
            "您收到這封郵件，是因為您同意接收{0}的優惠和資訊。",
            "您收到這封郵件，是因為您是{0}的顧客。",
            "您收到這封郵件，是因為它與您在{0}的帳戶或訂單有關。",
            "取消訂閱", "偏好設定", "優惠{0}", "有效期至{0}"),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public static Footers In(string locale)
    {
        foreach (var tag in Locales.Chain(locale, "en")) if (All.TryGetValue(tag, out var words)) return words;
        return English;
    }

    /// <summary>What a coupon is worth.</summary>
    public string Off(string worth) => string.Format(CultureInfo.InvariantCulture, OffWords, worth);

    /// <summary>How long it holds.</summary>
    public string Until(string day) => string.Format(CultureInfo.InvariantCulture, UntilWords, day);

    /// <summary>Why a person gets a mail.</summary>
    public string Why(Purpose purpose, string sender) =>
        string.Format(CultureInfo.InvariantCulture, purpose switch { Purpose.Promotional => Promotional, Purpose.Service => Service, _ => Transactional }, sender);
}
