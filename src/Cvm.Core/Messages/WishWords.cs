using System.Collections.Frozen;

namespace Cvm;

/// <summary>A line of the tables below: what is looked for, and whether it asks to stop or only sounds like it.</summary>
sealed record WishRule(bool Spares, Phrase Phrase);

/// <summary>The words of wishes. Texts meet them in small letters, without accents and apostrophes, in simplified characters.
/// In a phrase, <c>a|b</c> is either, <c>a?</c> may be absent, <c>a_b</c> is two words, <c>*</c> is up to three words or four Chinese
/// characters, and <c>^</c> and <c>$</c> are the ends of a clause.</summary>
static class WishWords
{
    public static FrozenDictionary<string, Wish> Keywords { get; } = Listed(
        (Wish.Stop, "stop stopall unsubscribe cancel end quit revoke optout"),
        (Wish.Stop, "stopp unsub arret abmelden baja"), // what English, French, German and Spanish phones write, too
        (Wish.Stop, "退订 退定 取消 取消订阅 停 停止 停发 拒收 拒绝 勿扰"),
        (Wish.Start, "start unstop 开始 恢复 恢复订阅 订阅 重新订阅 继续订阅"),
        (Wish.Help, "help info 帮助 求助"));

    // Within a sentence these mean anything: yes answers a question, and T is a shirt.
    public static FrozenDictionary<string, Wish> WholeTexts { get; } = Listed((Wish.Stop, "t td r"), (Wish.Start, "yes"));

    // What may stand beside a keyword and changes nothing.
    public static FrozenSet<string> Polite { get; } =
        "please pls plz kindly just thanks thank thx you u ty now immediately asap already ok okay hi hello hey me us it this that all".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static ImmutableArray<string> PoliteChinese { get; } = ["请", "谢谢", "您好", "你好", "回复", "回", "了", "吧"];

    const string Stop = "stop|stopp|stpo|sotp|stopall|unsubscribe|unsubscribing|unsuscribe|unsubcribe|unsubscibe|unsub|optout";
    const string Dont = "dont|do_not|donot|dnt";
    const string Not = "not|dont|donot|never|cant|cannot|couldnt|wont|wouldnt|shouldnt|doesnt|didnt|without";
    const string Write = "text|texting|txt|txting|message|messaging|msg|msging|sms|contact|contacting|write|writing|bother|bothering|spam|spamming|harass|harassing|pester|pestering|disturb|disturbing|mail|mailing|email|emailing";
    const string Mail = "message|messages|msg|msgs|text|texts|txt|txts|sms|smses|email|emails|mail|mails|spam|ad|ads|advertising|marketing|notification|notifications|alerts|newsletter|newsletters|subscription";
    const string Offers = "offers|promos|promotions|promotional|updates|deals";

    public static Phrase StopWord { get; } = Phrase.Of(Stop);

    // From top to bottom; what a row with '-' covers is not looked at again.
    public static ImmutableArray<WishRule> English { get; } = Table($"""
        + why dont|wont|cant you {Stop}
        + if|unless|until you|u|this|these|it|they do|does? not|dont|doesnt|cant|wont {Stop}
        + you|they|it|this|texts|messages never|dont|wont|doesnt|didnt stop {Write}|sending|coming
        + put|putting a|an? stop|end to
        + stop at_once|for_good
        + stop using|selling|sharing * number|data|details|info|phone
        - {Not} ever|please|you|i? want|wish|need|have|mean|like|try|going|planning|dare? you? to? ever|even? {Stop}|opt_out
        - no need|reason to? {Stop}|opt_out
        - a|the|bus|tram|train|metro|tube|taxi|truck|coach|ferry|rest|pit|full|one|first|last|next|final|door|short|non|your|every|which|nearest stop
        - when|where|does|do|did|will|how * sale|shop|store|offer|deal|discount|bus|train|tram * stop
        - stop by|at|over|off|near|outside
        - stop selling|making|producing|carrying|stocking|delivering|shipping|working|loving|laughing|thinking|wearing|smiling|crying|looking|dreaming|watching|shopping|buying|using
        - you|they|he|she|we|i|who {Dont} {Write}
        - wrong number of
        + {Stop} * {Write}|{Mail}|{Offers}|sending|calling|ringing
        + quit|cease|discontinue|halt * {Write}|{Mail}|sending|calling
        + cancel|end my|all|the|these|this|those|any|your? sms|text|email|marketing? {Mail}|texting|messaging
        + {Dont} ever|please? {Write} me|us|here|again|ever|anymore|this_number|this_phone
        + {Dont} disturb
        + never|not ever? {Write} me|us * again|anymore|ever
        + ^ please|pls? never {Write} me|us
        + {Dont} ever|please? send me|us? any|more|these|those|this|your? * {Mail}|{Offers}|anything|stuff|crap
        + {Dont} ever|please? send me|us? any|these|this|those? more|anymore|again
        + {Dont} ever|please? send me|us? these|this|those|any|anything|it $
        + {Dont} ever? call|ring me|us * again|anymore|more|ever
        + {Not} want|wish|need|like to get|receive|hear|be * {Mail}|{Offers}|from|contacted|texted|messaged|these|anything
        + {Not} want|wish|need|like|ask|asked|sign|signed * {Mail}|{Offers}
        + {Not} sign|signed up
        + no longer wish|want|need|like * {Mail}|{Offers}|to_receive|to_get|to_hear|to_be
        + not|no|longer interested|interest $|anymore|any|thanks|thank|please|in_your|in_these
        + not|dont|didnt|never|no consent|consented
        + revoke|revoking|withdraw|withdrawing my|all|the|any? consent|permission
        + opt|opting me|us? out
        + take|get|strike|cross|scratch me|us|my_number|this_number * off
        + remove|delete|erase|drop|lose|forget my|this|our phone|mobile|cell? number|phone|name|details|data|info|contact
        + remove|rmv|delete|drop|unlist me|us
        + off your|the|this|ur mailing|sms|text|marketing? list|lists
        + no more * {Mail}|{Offers}
        + no more please|thanks|pls? $
        + leave me|us alone|be|in_peace
        + let me be $
        + count me out
        + cut|knock it out|off
        + wrong number|person
        + reported|reporting * spam
        + fuck|piss|sod|bugger off
        + go away
        + get lost
        + unsubscribe|unsubscribing|unsuscribe|unsubcribe|unsubscibe|unsub|optout
        + ^ please|pls|and|so|now|just|ok|okay|hey|hi|sorry|also|then|no|well|dude? {Stop}
        + {Stop} $
        """);

    public static ImmutableArray<WishRule> Chinese { get; } = Table("""
        + 能不能|可不可以|可否 * 停|退订|取消订阅
        - 别|不要|不能|不会|不想|不用|不必|没有|没|并非|不是|不 要|想? 停|退订|取消|拒收|stop
        - 停不下
        - 停车|停产|停业|停电|停售|停留|停靠
        - 停止 营业|销售|供应|生产|发货|售卖
        - 别|不要|不用|勿 再? 给我? 发货|发错|发顺丰|发快递|发到
        + 退订|退定|取消订阅|拒收|勿扰|停发|免打扰|谢绝推销
        + 取消 * 短信|推送|信息|消息|通知
        + 拒绝 * 接收|短信|信息|推送|推销|营销|广告
        + 停止 * 发|推送|短信|信息|打扰|骚扰|营销
        + 别|不要|不用|不必|不许|勿|甭|无需 再|继续? 给|向? 我|本人|这个号|这号码? 再? 推送|推销|打扰|打搅|骚扰|联系|烦|吵
        + 别|不要|不用|不必|不许|勿|甭|无需 再|继续|老|总? 给|向 我|本人|这个号|这号码 再|乱? 发
        + 别|不要|不用|不必|不许|勿|甭|无需 再|老|总 再|乱|来? 发|来|烦
        + 别|不要|不用|勿 乱? 发 了|啦|我|短信|信息|消息|广告|推送|这|$
        + 不想|不愿|不愿意|不要|不希望|不需要|不必 再|继续? 再? 收到|接收|接到|看到|收 * 短信|信息|消息|推送|广告|邮件|了|$
        + 不需要|不要|不想要 * 短信|推送|广告|推销
        + 删|删除|删掉|移除|去掉|去除 * 我的|号码|手机号|电话|名单
        + 骚扰短信|垃圾短信
        + ^ 回|回复 t|td|r|stop $
        + 不感兴趣|没有兴趣|没兴趣
        + 发错人|发错号码|号码错|打错号码|认错人
        + ^ 滚 开|蛋|吧|远点? $
        + ^ 请|马上|立即|立刻|快|都|赶紧? 停止
        + ^ 请|马上|立即|立刻|快|都|赶紧? 停 了|下|吧? $
        """);

    static FrozenDictionary<string, Wish> Listed(params (Wish Wish, string Words)[] rows) =>
        rows.SelectMany(row => row.Words.Split(' '), (row, word) => KeyValuePair.Create(word, row.Wish)).ToFrozenDictionary(StringComparer.Ordinal);

    static ImmutableArray<WishRule> Table(string rows) =>
        [.. rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => new WishRule(row[0] == '-', Phrase.Of(row[2..].Trim())))];
}
