namespace ExplainLsp.Samples.Tests;

public sealed class NumpyFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("f2")]
    [InlineData("f4")]
    [InlineData("f8")]
    [InlineData("i1")]
    [InlineData("i2")]
    [InlineData("i4")]
    [InlineData("i8")]
    [InlineData("big-f2")]
    [InlineData("big-f4")]
    [InlineData("big-f8")]
    [InlineData("big-i2")]
    [InlineData("big-i8")]
    [InlineData("fortran")]
    [InlineData("version-2")]
    [InlineData("version-3")]
    [InlineData("u1", 0)]
    [InlineData("u2", 0)]
    [InlineData("u4", 0)]
    [InlineData("u8", 0)]
    [InlineData("big-u2", 0)]
    public void Read_EveryType_HoldsWhatNumpyWrote(string file, int first = -5)
    {
        var array = NumpyFile.Read(Fixture.Path($"data/arrays/{file}.npy"));

        Assert.Equal([2, 3, 4], array.Shape.AsEnumerable());
        Assert.Equal(Enumerable.Range(first, 24).Select(value => (double)value), array.Values);
        Assert.Equal(!file.Contains('f') && !file.StartsWith("version", StringComparison.Ordinal), array.IsWhole);
    }

    [Fact]
    public void Read_TruthValues_AreZeroAndOne()
    {
        var array = NumpyFile.Read(Fixture.Path("data/arrays/bool.npy"));
        Assert.Equal(Enumerable.Range(-5, 24).Select(value => value % 2 == 0 ? 1.0 : 0), array.Values);
    }

    [Fact]
    public void Read_ScalarAndEmpty_AreArrays()
    {
        Assert.Equal([2.5], NumpyFile.Read(Fixture.Path("data/arrays/scalar.npy")).Values);
        Assert.Empty(NumpyFile.Read(Fixture.Path("data/arrays/scalar.npy")).Shape);
        Assert.Empty(NumpyFile.Read(Fixture.Path("data/arrays/empty.npy")).Values);
    }

    [Fact]
    public void Read_Archive_GivesItsArrays()
    {
        Assert.Equal(24, NumpyFile.Read(Fixture.Path("data/arrays/one.npz")).Values.Length);
        Assert.Equal("f4", NumpyFile.Read(Fixture.Path("data/arrays/two.npz"), "pixel_values").Type);
        Assert.Equal(["pixel_values", "other"], NumpyFile.ReadAll(Fixture.Path("data/arrays/two.npz")).Select(array => array.Name));
    }

    [Fact]
    public void Write_AnyShape_ReadsBack()
    {
        foreach (var shape in new int[][] { [], [1], [7], [2, 3], [1, 2, 3, 4] })
        {
            var values = Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(i => MathF.Sin(i) / 3).ToArray();
            var path = folder.Path("a.npy");
            NumpyFile.Write(path, values, shape);
            var read = NumpyFile.Read(path);

            Assert.Equal(shape, read.Shape.AsEnumerable());
            Assert.Equal(values, read.Values.Select(value => (float)value));
            // numpy wants the data to start at a multiple of 64.
            Assert.Equal(0, (File.ReadAllBytes(path).Length - (values.Length * 4)) % 64);
        }
    }

    [Theory]
    [InlineData("object.npy", "no numbers")]
    [InlineData("text.npy", "no numbers")]
    [InlineData("complex.npy", "no numbers")]
    [InlineData("record.npy", "records or objects")]
    [InlineData("two.npz", "holds 2 arrays (pixel_values, other)")]
    [InlineData("missing.npy", "does not exist")]
    public void Read_NoNumbers_IsRefused(string file, string part)
    {
        var error = Assert.Throws<SampleException>(() => NumpyFile.Read(Fixture.Path("data/arrays/" + file)));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CutShortAnywhere_IsRefused()
    {
        foreach (var file in new[] { "f4.npy", "version-2.npy", "two.npz" })
        {
            var bytes = File.ReadAllBytes(Fixture.Path("data/arrays/" + file));
            for (var length = 1; length < bytes.Length; length += 3)
            {
                var error = Assert.Throws<SampleException>(() => NumpyFile.ReadAll(folder.Write("cut" + Path.GetExtension(file), bytes[..length])));
                Assert.DoesNotContain('\n', error.Message);
            }
        }
    }

    [Fact]
    public void Read_DamagedHeader_NeverBreaks()
    {
        var random = new Random(3);
        foreach (var file in new[] { "f4.npy", "fortran.npy", "one.npz", "two.npz" })
        {
            var bytes = File.ReadAllBytes(Fixture.Path("data/arrays/" + file));
            for (var round = 0; round < 300; round++)
            {
                var broken = (byte[])bytes.Clone();
                broken[random.Next(Math.Min(128, broken.Length))] = (byte)random.Next(256);
                try
                {
                    NumpyFile.ReadAll(folder.Write("broken.npy", broken));
                }
                catch (SampleException e)
                {
                    Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
                }
            }
        }
    }
}
