namespace ExplainLsp.Models.Pipelines;

/// <summary>What one-hot encoders make of a row: with a million categories a few hundred rows at a time would fill the memory.</summary>
internal static class EncoderWidth
{
    /// <summary>Bytes that the features of one row take, joined and reshaped once.</summary>
    public static long BytesPerRow(ModelFile file) => file.Nodes.Where(node => node.Operator == "OneHotEncoder")
        .Sum(node => (node.Attribute("cats_strings")?.Count ?? 0L) + (node.Attribute("cats_int64s")?.Count ?? 0L)) * sizeof(float) * 2;
}
