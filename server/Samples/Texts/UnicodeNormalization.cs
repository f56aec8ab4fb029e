using System.Globalization;
using System.Text;

namespace ExplainLsp.Samples;

/// <summary>
/// Unicode normal forms (UAX #15) that keep each character's place in the original. The runtime's own forms need the system's ICU, which
/// the server does without.
/// </summary>
internal static class UnicodeNormalization
{
    private const int HangulBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7;
    private const int LeadCount = 19, VowelCount = 21, TailCount = 28;

    private static readonly Lazy<Data> Tables = new(Read);

    /// <summary>Characters taken apart and marks put in order: form D, or KD.</summary>
    public static AlignedRune[] Decompose(ReadOnlySpan<AlignedRune> text, bool compatibility)
    {
        var data = Tables.Value;
        var parts = new List<AlignedRune>(text.Length);
        foreach (var rune in text)
            Decompose(rune, compatibility, data, parts);
        var runes = parts.ToArray();
        for (var at = 0; at < runes.Length;)
        {
            var end = at;
            while (end < runes.Length && data.ClassOf(runes[end].Value) > 0)
                end++;
            if (end - at > 1)
                Array.Copy(runes[at..end].OrderBy(rune => data.ClassOf(rune.Value)).ToArray(), 0, runes, at, end - at);
            at = Math.Max(end, at + 1);
        }
        return runes;
    }

    /// <summary>Characters taken apart, then put together where one exists: form C, or KC. A composed character comes from all its parts.</summary>
    public static AlignedRune[] Compose(ReadOnlySpan<AlignedRune> text, bool compatibility)
    {
        var data = Tables.Value;
        var composed = new List<AlignedRune>(text.Length);
        var (starter, lastClass) = (-1, 0);
        foreach (var rune in Decompose(text, compatibility))
        {
            var combining = data.ClassOf(rune.Value);
            // A mark is blocked from the starter by one of the same class before it; a starter, by any mark between.
            var adjacent = starter == composed.Count - 1;
            if (starter >= 0 && (adjacent || lastClass < combining) && Pair(composed[starter].Value, rune.Value, data) is { } pair)
            {
                var cover = AlignedRune.Cover([composed[starter], rune]) ?? new TextSpan(-1, -1);
                composed[starter] = new AlignedRune(pair, cover.Start, cover.End);
                continue;
            }
            if (combining == 0)
                starter = composed.Count;
            lastClass = combining;
            composed.Add(rune);
        }
        return [.. composed];
    }

    private static void Decompose(AlignedRune rune, bool compatibility, Data data, List<AlignedRune> into)
    {
        var syllable = rune.Value.Value - HangulBase;
        if (syllable is >= 0 and < LeadCount * VowelCount * TailCount)
        {
            into.Add(rune with { Value = new Rune(LeadBase + (syllable / (VowelCount * TailCount))) });
            into.Add(rune with { Value = new Rune(VowelBase + (syllable / TailCount % VowelCount)) });
            if (syllable % TailCount != 0)
                into.Add(rune with { Value = new Rune(TailBase + (syllable % TailCount)) });
        }
        else if (data.Parts.TryGetValue(rune.Value, out var found) && (compatibility || !found.Compatibility))
        {
            foreach (var part in found.Parts)
                Decompose(rune with { Value = part }, compatibility, data, into);
        }
        else
        {
            into.Add(rune);
        }
    }

    private static Rune? Pair(Rune first, Rune second, Data data)
    {
        var (lead, vowel) = (first.Value - LeadBase, second.Value - VowelBase);
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
            return new Rune(HangulBase + (((lead * VowelCount) + vowel) * TailCount));
        var (syllable, tail) = (first.Value - HangulBase, second.Value - TailBase);
        if (syllable is >= 0 and < LeadCount * VowelCount * TailCount && syllable % TailCount == 0 && tail is > 0 and < TailCount)
            return new Rune(first.Value + tail);
        return data.Pairs.TryGetValue((first, second), out var composed) ? composed : null;
    }

    private static Data Read()
    {
        using var stream = typeof(UnicodeNormalization).Assembly.GetManifestResourceStream("UnicodeDecompositions.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var data = new Data([], [], []);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            var fields = line.Split(';');
            var rune = Number(fields[0]);
            if (fields[1].Length > 0)
                data.Classes[rune] = byte.Parse(fields[1], CultureInfo.InvariantCulture);
            if (fields.Length < 4)
                continue;
            var parts = Array.ConvertAll(fields[3].Split(' '), Number);
            data.Parts[rune] = (parts, fields[2] == "k");
            if (fields[2] == "c")
                data.Pairs[(parts[0], parts[1])] = rune;
        }
        return data;

        static Rune Number(string hex) => new(int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    private sealed record Data(
        Dictionary<Rune, byte> Classes, Dictionary<Rune, (Rune[] Parts, bool Compatibility)> Parts, Dictionary<(Rune, Rune), Rune> Pairs)
    {
        public byte ClassOf(Rune rune) => rune.Value < 0x300 ? (byte)0 : Classes.GetValueOrDefault(rune);
    }
}
