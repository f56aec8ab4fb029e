using System.Collections.Immutable;
using ExplainLsp.Explainers;

namespace ExplainLsp.Server.Engine;

/// <summary>Two-way curves in the JSON of <c>global</c>: <c>surfaces</c>, absent for methods that have none.</summary>
internal static class SurfaceJson
{
    public static void Write(JsonLine json, ImmutableArray<Surface> surfaces)
    {
        if (surfaces.IsEmpty)
        {
            return;
        }

        json.Writer.WriteStartArray("surfaces");
        foreach (var surface in surfaces)
        {
            json.Writer.WriteStartObject();
            json.Texts("features", [surface.First, surface.Second]);
            json.Writer.WriteStartArray("grids");
            WriteGrid(json, surface.FirstGrid, surface.FirstNumeric);
            WriteGrid(json, surface.SecondGrid, surface.SecondNumeric);
            json.Writer.WriteEndArray();
            json.Writer.WriteStartArray("values");
            for (int row = 0; row < surface.FirstGrid.Length; row++)
            {
                json.Writer.WriteStartArray();
                foreach (var value in surface.Values.AsSpan(row * surface.SecondGrid.Length, surface.SecondGrid.Length))
                {
                    json.Number(value);
                }

                json.Writer.WriteEndArray();
            }

            json.Writer.WriteEndArray();
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
    }

    private static void WriteGrid(JsonLine json, ImmutableArray<string> texts, ImmutableArray<double> numbers)
    {
        json.Writer.WriteStartArray();
        for (int i = 0; i < texts.Length; i++)
        {
            if (numbers.IsEmpty)
            {
                json.Writer.WriteStringValue(texts[i]);
            }
            else
            {
                json.Number(numbers[i]);
            }
        }

        json.Writer.WriteEndArray();
    }
}
