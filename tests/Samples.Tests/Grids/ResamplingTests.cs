using System.Text.Json;

namespace ExplainLsp.Samples.Tests;

public sealed class ResamplingTests
{
    public static TheoryData<string, string, int, int, string> PillowCases
    {
        get
        {
            using var cases = JsonDocument.Parse(File.ReadAllText(Fixture.Path("golden/resize/cases.json")));
            var data = new TheoryData<string, string, int, int, string>();
            foreach (var item in cases.RootElement.GetProperty("cases").EnumerateArray())
            {
                data.Add(item.GetProperty("image").GetString()!, item.GetProperty("filter").GetString()!, item.GetProperty("width").GetInt32(),
                    item.GetProperty("height").GetInt32(), item.GetProperty("expected").GetString()!);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(PillowCases))]
    public void Resize_Photo_IsPillows(string image, string filter, int width, int height, string expected)
    {
        var picture = Picture.Read(Fixture.Path(image));
        var preprocessing = new ImagePreprocessing
        {
            Resize = ResizeMode.Exact,
            Width = width,
            Height = height,
            Filter = Enum.Parse<ResampleFilter>(filter, ignoreCase: true),
            Layout = GridLayout.ChannelsLast,
        };
        var shown = ImageSample.Create(picture, preprocessing, Fixture.Input<float>("x", height, width, 3)).ShownRgb;
        var pillow = NumpyFile.Read(Fixture.Path(expected));

        Assert.Equal(new[] { height, width, 3 }, pillow.Shape.ToArray());
        Assert.True(shown.Zip(pillow.Values).Max(pair => Math.Abs(pair.First - pair.Second)) <= 1);
    }
}
