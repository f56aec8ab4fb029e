namespace ExplainLsp.Samples;

/// <summary>Pieces by id, and ids by piece.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> ids;
    private readonly Dictionary<int, string> pieces;

    public Vocabulary(Dictionary<string, int> ids)
    {
        this.ids = ids;
        pieces = new Dictionary<int, string>(ids.Count);
        foreach (var (piece, id) in ids)
            pieces.TryAdd(id, piece);
        Longest = ids.Count == 0 ? 0 : ids.Keys.Max(piece => piece.Length);
        ByText = ids.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Length of the longest piece, UTF-16 code units.</summary>
    public int Longest { get; }

    /// <summary>Ids by a stretch of text.</summary>
    public Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ByText { get; }

    public int? IdOf(string piece) => ids.TryGetValue(piece, out var id) ? id : null;

    public string? PieceOf(int id) => pieces.GetValueOrDefault(id);

    /// <summary>Ids of the pieces <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>, −1 where one is missing.</summary>
    public int[] Bytes() => [.. Enumerable.Range(0, 256).Select(unit => IdOf($"<0x{unit:X2}>") ?? -1)];
}
