using System.Text.Json;

namespace ExplainLsp.Models.Tests.Gradients.Backward;

/// <summary>Pictures of the fashion model, prepared as its <c>preprocessor_config.json</c> says.</summary>
internal static class FashionPictures
{
    public const int Pixels = 28 * 28;

    /// <summary>The pictures that a list of files names, one after the other.</summary>
    public static float[] Read(JsonElement files) =>
        [.. files.EnumerateArray().SelectMany(file => GreyPng.Read(Fixtures.File(file.GetString()!)))
            .Select(grey => (float)(((grey * 0.003921568627) - 0.286) / 0.353))];

    /// <summary>As the model's input.</summary>
    public static ModelTensor Tensor(float[] pictures) => new("pixel_values", pictures, [1, 28, 28]);
}
